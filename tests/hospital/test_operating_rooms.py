"""Operating rooms: a room is in use when a patient is in it, not from the first to the last."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.operating_rooms import BLOCK, PROCEDURES, ROOMS, room_days


@pytest.fixture(scope="module", params=range(1, 6))
def hospital(request):
    return build(request.param, patients=1)


@pytest.fixture(scope="module")
def cases(hospital) -> pd.DataFrame:
    return hospital.public("operating_rooms")


def test_utilization_is_not_the_span_of_the_day(hospital) -> None:
    days = hospital.truth("room_days")
    assert 0.70 < days["in_use"].sum() / days["block"].sum() < 0.75
    assert 0.86 < days["span"].sum() / days["block"].sum() < 0.92
    assert 12 < days["overtime"].mean() < 22, "minutes a room and day"
    turnovers = (days["cases"] - 1).clip(lower=0).sum()
    assert 25 < days["turnover"].sum() / turnovers < 40


def test_every_weekday_and_room_has_a_block(hospital) -> None:
    days = hospital.truth("room_days")
    assert len(days) == ROOMS * 522
    assert days["date"].dt.day_of_week.max() == 4
    assert (days["block"] == BLOCK[1] - BLOCK[0]).all()


def test_no_room_holds_two_patients(cases) -> None:
    done = cases[~cases["cancelled"]].sort_values(["room", "wheels_in"])
    following = done.groupby("room")["wheels_in"].shift(-1)
    assert (following[following.notna()] > done.loc[following.notna(), "wheels_out"]).all()
    assert (done["wheels_out"] > done["wheels_in"]).all()
    assert done["wheels_in"].dt.normalize().equals(done["block_start"].dt.normalize())


def test_cancelled_cases_took_no_time(cases) -> None:
    assert 0.03 < cases["cancelled"].mean() < 0.05
    assert (cases["wheels_in"].isna() == cases["cancelled"]).all()
    assert (cases["wheels_out"].isna() == cases["cancelled"]).all()


def test_schedules_fit_their_block_and_run_late(cases) -> None:
    end = cases["scheduled_start"] + pd.to_timedelta(cases["scheduled_minutes"], unit="min")
    assert (end <= cases["block_end"]).all()
    assert (cases["scheduled_start"] >= cases["block_start"]).all()
    done = cases[~cases["cancelled"]]
    assert (
        1.0
        < ((done["wheels_out"] - done["wheels_in"]).dt.total_seconds() / 60 / done["scheduled_minutes"]).mean()
        < 1.1
    )
    assert set(cases["procedure"]) == {p.name for p in PROCEDURES}


def table(*rows):
    """Each: room, minute in, minute out (None: cancelled)."""
    start = np.datetime64("2024-03-04T00:00", "m")
    times = [[np.datetime64("NaT") if t is None else start + t for t in row[1:]] for row in rows]
    return {
        "room": np.array([row[0] for row in rows]),
        "block_start": np.full(len(rows), start + BLOCK[0]),
        "block_end": np.full(len(rows), start + BLOCK[1]),
        "wheels_in": np.array([t[0] for t in times], dtype="datetime64[m]"),
        "wheels_out": np.array([t[1] for t in times], dtype="datetime64[m]"),
    }


def test_minutes_of_a_room_by_hand() -> None:
    found = room_days(table((1, 460, 600), (1, 640, 1000), (1, None, None), (2, None, None))).set_index("room")
    columns = ["cases", "block", "in_use", "span", "turnover", "overtime"]
    assert found.loc[1, columns].tolist() == [2, 510, 460, 540, 40, 40]
    assert found.loc[2, columns].tolist() == [0, 510, 0, 0, 0, 0]
