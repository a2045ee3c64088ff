"""Admissions hang together: nobody is in two places, transfers are transfers, counts of the past are true."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.period import END, START


@pytest.fixture(scope="module")
def admissions() -> pd.DataFrame:
    return build(1).public("admissions").sort_values(["patient_id", "admit_time"]).reset_index(drop=True)


def next_of(admissions: pd.DataFrame, column: str) -> pd.Series:
    return admissions.groupby("patient_id")[column].shift(-1)


def test_nobody_is_in_two_places_at_once(admissions: pd.DataFrame) -> None:
    assert (admissions["discharge_time"] > admissions["admit_time"]).all()
    following = next_of(admissions, "admit_time")
    assert (following[following.notna()] >= admissions.loc[following.notna(), "discharge_time"]).all()


def test_every_encounter_begins_within_the_record(admissions: pd.DataFrame) -> None:
    assert admissions["admit_time"].min() >= pd.Timestamp(START)
    assert admissions["admit_time"].max() < pd.Timestamp(END)
    assert (admissions["admit_time"].dt.second == 0).all()


def test_nothing_follows_a_death(admissions: pd.DataFrame) -> None:
    assert next_of(admissions, "admit_time")[admissions["disposition"] == "expired"].isna().all()


def test_a_transfer_goes_on_within_hours_at_another_hospital(admissions: pd.DataFrame) -> None:
    first = (admissions["disposition"] == "transfer_acute") & next_of(admissions, "admit_time").notna()
    assert first.sum() > 50
    gap = next_of(admissions, "admit_time")[first] - admissions.loc[first, "discharge_time"]
    assert gap.between(pd.Timedelta(hours=1), pd.Timedelta(hours=4)).all()
    assert (next_of(admissions, "facility")[first] != admissions.loc[first, "facility"]).all()
    assert (next_of(admissions, "admit_source")[first] == "transfer").all()
    assert (admissions["admit_source"] == "transfer").sum() >= first.sum()


def test_the_traps_are_there(admissions: pd.DataFrame) -> None:
    why = pd.Series(build(1).truth("why")).value_counts()
    least = {"planned return": 30, "emergency visit": 100, "observation visit": 30, "died": 30, "against advice": 20}
    assert all(why[reason] >= n for reason, n in least.items())
    assert set(admissions["class"]) == {"inpatient", "emergency", "observation"}
    assert (admissions["planned"] == (admissions["admit_source"] == "scheduled")).all()


def test_stays_in_the_year_before_can_be_counted_in_the_table(admissions: pd.DataFrame) -> None:
    stays = admissions[(admissions["class"] == "inpatient") & (admissions["admit_source"] != "transfer")]
    in_2024 = stays[stays["admit_time"] >= "2024-01-01"]
    pairs = in_2024.merge(stays[["patient_id", "admit_time"]], on="patient_id", suffixes=("", "_earlier"))
    age = pairs["admit_time"] - pairs["admit_time_earlier"]
    counted = pairs[(age > pd.Timedelta(0)) & (age < pd.Timedelta(days=365))].groupby("encounter_id").size()
    told = in_2024.set_index("encounter_id")["prior_year_admissions"]
    np.testing.assert_array_equal(counted.reindex(told.index, fill_value=0), told)
    assert told.max() > 2


def test_a_transfer_tells_the_same_past_on_both_legs(admissions: pd.DataFrame) -> None:
    first = (admissions["disposition"] == "transfer_acute") & next_of(admissions, "admit_time").notna()
    both = next_of(admissions, "prior_year_admissions")[first], admissions.loc[first, "prior_year_admissions"]
    np.testing.assert_array_equal(*both)


def test_readmissions_of_group_b_happen_elsewhere_more_often() -> None:
    hospital = build(3, patients=100_000)
    admissions, patients = hospital.public("admissions"), hospital.public("patients")
    stays = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    back = stays["encounter_id"].isin(hospital.truth("readmitted"))
    elsewhere = (next_of(stays, "facility")[back] == "OTHER").groupby(
        stays.loc[back, "patient_id"].map(patients.set_index("patient_id")["group"])
    )
    for group, share in hospital.truth("elsewhere").items():
        assert elsewhere.mean()[group] == pytest.approx(share, abs=0.03)
