"""Ward moves fill each stay without a gap, and the legs of an episode are found again."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.journeys import WARDS
from wardround.hospital.transfers import episodes


@pytest.fixture(scope="module")
def hospital():
    return build(1, patients=40_000)


@pytest.fixture(scope="module")
def moves(hospital) -> pd.DataFrame:
    return hospital.public("transfers").sort_values(["encounter_id", "start_time"]).reset_index(drop=True)


@pytest.fixture(scope="module")
def stays(hospital) -> pd.DataFrame:
    admissions = hospital.public("admissions").set_index("encounter_id").sort_index()
    return admissions[(admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")]


def test_rows_of_a_stay_fill_it_from_admission_to_discharge(moves, stays) -> None:
    by = moves.groupby("encounter_id")
    assert by["start_time"].min().equals(stays["admit_time"].rename("start_time"))
    assert by["end_time"].max().equals(stays["discharge_time"].rename("end_time"))
    assert (moves["end_time"] > moves["start_time"]).all()
    following = by["start_time"].shift(-1)
    assert (following[following.notna()] == moves.loc[following.notna(), "end_time"]).all()


def test_the_first_row_is_the_admission_ward_of_the_same_patient(moves, stays) -> None:
    first = moves.drop_duplicates("encounter_id").set_index("encounter_id")
    for column in ("ward", "patient_id", "facility"):
        assert first[column].equals(stays[column])


def test_whoever_deteriorates_reaches_the_icu_within_the_hour(hospital, moves) -> None:
    events = hospital.truth("deteriorations").merge(moves[moves["ward"] == "ICU"], on="encounter_id", how="left")
    assert len(events) > 100
    wait = events["start_time"] - events["event_time"]
    assert wait.between(pd.Timedelta(minutes=10), pd.Timedelta(hours=1)).all()
    icu = moves.loc[moves["ward"] == "ICU", "encounter_id"].nunique() / moves["encounter_id"].nunique()
    assert 0.04 < icu < 0.08


def test_moves_are_there_to_be_merged(moves) -> None:
    assert set(moves["ward"]) == {*WARDS, "ICU"}
    same = moves["ward"].eq(moves.groupby("encounter_id")["ward"].shift())
    assert same.sum() > 100, "a change of bed within a ward is no change of ward"
    other = moves.duplicated("encounter_id") & ~same & moves["ward"].ne("ICU")
    assert other.sum() > 200
    assert 0.10 < (moves.groupby("encounter_id").size() > 1).mean() < 0.20


def test_length_of_stay_by_admission_ward_is_not_that_by_ward_of_the_day(moves, stays) -> None:
    """Who counts whole stays for the admission ward gives it days that were spent elsewhere."""
    days = ((moves["end_time"] - moves["start_time"]) / pd.Timedelta(days=1)).groupby(moves["ward"]).sum()
    whole = ((stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1)).groupby(stays["ward"]).sum()
    assert days.sum() == pytest.approx(whole.sum())
    assert days["ICU"] > 0.01 * days.sum()
    assert (abs(days[whole.index] / whole - 1) > 0.005).any()


def encounters(*rows):
    """Each: patient, hour of admission, class, disposition, source."""
    names = ("patient_id", "admit_time", "class", "disposition", "admit_source")
    table = {name: np.array(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}
    table["admit_time"] = np.datetime64("2024-01-01T00:00", "m") + table["admit_time"].astype("timedelta64[h]")
    table["encounter_id"] = np.arange(101, 101 + len(rows))
    return episodes(table).tolist()


FIRST = (1, 0, "inpatient", "transfer_acute", "emergency")
SECOND = (1, 30, "inpatient", "home", "transfer")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([FIRST, SECOND], [101, 101], id="two legs"),
        pytest.param([SECOND, FIRST], [102, 102], id="in another order"),
        pytest.param(
            [FIRST, (1, 30, "inpatient", "transfer_acute", "transfer"), (1, 60, *SECOND[2:])], [101] * 3, id="3"
        ),
        pytest.param([FIRST, (2, 30, *SECOND[2:])], [101, 102], id="another patient"),
        pytest.param([FIRST, (1, 30, "inpatient", "home", "emergency")], [101, 102], id="a stay of its own"),
        pytest.param(
            [(1, 0, "inpatient", "home", "emergency"), SECOND], [101, 102], id="its first leg is not recorded"
        ),
        pytest.param([FIRST, (1, 10, "emergency", "home", "emergency"), SECOND], [101, 102, 101], id="a visit between"),
    ],
)
def test_legs_of_one_episode(rows, expected) -> None:
    assert encounters(*rows) == expected


def test_every_second_leg_is_joined_to_its_first(hospital) -> None:
    admissions = hospital.public("admissions").merge(hospital.truth("episodes"), on="encounter_id")
    assert (admissions["class"] == "inpatient").all()
    legs = admissions.groupby("episode_id")["facility"].agg(["size", "nunique"])
    assert (legs["size"] == legs["nunique"]).all(), "legs of an episode lie at different hospitals"
    second = admissions[admissions["admit_source"] == "transfer"]
    joined = (second["episode_id"] != second["encounter_id"]).mean()
    assert joined > 0.98, "all but those whose first leg began before the record"
