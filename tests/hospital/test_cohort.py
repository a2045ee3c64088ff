"""The readmission measure on stays written by hand: each trap is one case."""

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.cohort import cohort
from wardround.hospital.period import END

DAY = 24 * 60
START = np.datetime64("2024-03-01T08:00", "m")
TO_END = int((END - START).astype(int))


def stay(patient: int, admit: int, discharge: int, disposition: str = "home", *, planned=False, kind="inpatient"):
    return patient, START + admit, START + discharge, disposition, planned, kind


def judge(*rows):
    """Return (eligible, readmitted, why) for each row; times are minutes."""
    names = ("patient_id", "admit_time", "discharge_time", "disposition", "planned", "class")
    found = cohort({name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)})
    return list(zip(found.eligible.tolist(), found.readmitted.tolist(), found.why.tolist(), strict=True))


INDEX = stay(1, 0, 5 * DAY)
NOTHING = (True, False, "no return")


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        pytest.param([], NOTHING, id="alone"),
        pytest.param([stay(1, 35 * DAY, 40 * DAY)], (True, True, "readmitted"), id="exactly 30 days"),
        pytest.param([stay(1, 35 * DAY + 1, 40 * DAY)], (True, False, "late return"), id="30 days and a minute"),
        pytest.param([stay(1, 5 * DAY + 40, 7 * DAY)], (True, True, "readmitted"), id="within the hour"),
        pytest.param([stay(2, 6 * DAY, 7 * DAY)], NOTHING, id="another patient"),
        pytest.param([stay(1, -9 * DAY, -8 * DAY)], NOTHING, id="an earlier stay"),
        pytest.param([stay(1, 9 * DAY, 10 * DAY, planned=True)], (True, False, "planned return"), id="planned"),
        pytest.param(
            [stay(1, 9 * DAY, 10 * DAY, planned=True), stay(1, 20 * DAY, 22 * DAY)],
            (True, False, "planned return"),
            id="the next stay decides",
        ),
        pytest.param(
            [stay(1, 9 * DAY, 10 * DAY, "transfer_acute", planned=True), stay(1, 10 * DAY + 90, 15 * DAY)],
            (True, False, "planned return"),
            id="second leg of a planned return",
        ),
        pytest.param(
            [stay(1, 9 * DAY, 9 * DAY + 200, kind="emergency")], (True, False, "emergency visit"), id="emergency visit"
        ),
        pytest.param(
            [stay(1, 9 * DAY, 10 * DAY, kind="observation")], (True, False, "observation visit"), id="observation visit"
        ),
        pytest.param([stay(1, 50 * DAY, 51 * DAY, kind="emergency")], NOTHING, id="a visit much later"),
        pytest.param(
            [stay(1, 9 * DAY, 9 * DAY + 200, kind="emergency"), stay(1, 12 * DAY, 14 * DAY)],
            (True, True, "readmitted"),
            id="a visit, then a stay",
        ),
        pytest.param([stay(1, 9 * DAY, 10 * DAY, "expired")], (True, True, "readmitted"), id="back, and dies"),
        pytest.param(
            [stay(1, 9 * DAY, 10 * DAY, "transfer_acute")], (True, True, "readmitted"), id="back, and moved on"
        ),
    ],
)
def test_what_becomes_of_a_stay(others, expected) -> None:
    assert judge(INDEX, *others)[0] == expected
    assert judge(*reversed([INDEX, *others]))[-1] == expected, "the order of rows must not matter"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (stay(1, 0, DAY, "expired"), "died"),
        (stay(1, 0, DAY, "ama"), "against advice"),
        (stay(1, 0, DAY, "transfer_acute"), "transferred"),
        (stay(1, 0, 200, kind="emergency"), "emergency"),
        (stay(1, 0, 900, kind="observation"), "observation"),
        (stay(1, 0, TO_END - 30 * DAY + 1), "last 30 days"),
    ],
)
def test_what_cannot_be_an_index_stay(row, why: str) -> None:
    back = stay(1, 10 * DAY, 12 * DAY)
    assert judge(row, back)[0] == (False, False, why)


def test_exactly_thirty_days_before_the_end_can_be_followed() -> None:
    assert judge(stay(1, 0, TO_END - 30 * DAY)) == [NOTHING]


def test_after_a_transfer_the_second_leg_is_the_index_stay() -> None:
    first, second = stay(1, 0, 2 * DAY, "transfer_acute"), stay(1, 2 * DAY + 90, 9 * DAY)
    back = stay(1, 20 * DAY, 22 * DAY)
    assert [row[1:] for row in judge(first, second, back)] == [
        (False, "transferred"),
        (True, "readmitted"),
        (False, "no return"),
    ]


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_label_is_the_coin_that_was_tossed(seed: int) -> None:
    hospital = build(seed)
    admissions = hospital.table("admissions")
    found = cohort({name: admissions[name] for name in hospital.public("admissions").columns})
    assert found.eligible.sum() > 3000
    np.testing.assert_array_equal(found.readmitted[found.eligible], admissions["_readmitted"][found.eligible])
    assert not np.isnan(admissions["_p_readmit"][found.eligible]).any()


def test_coins_fall_as_often_as_their_probability_says() -> None:
    table = build(8, patients=150_000).table("admissions")
    followed = ~np.isnan(table["_p_readmit"])
    p, y = table["_p_readmit"][followed], table["_readmitted"][followed]
    for tenth in np.array_split(np.argsort(p), 10):
        error = np.sqrt(p[tenth].mean() * (1 - p[tenth].mean()) / tenth.size)
        assert abs(y[tenth].mean() - p[tenth].mean()) < 4 * error
