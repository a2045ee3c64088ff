"""Two sources for a patient's conditions: each with its own errors, and its own time."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.patients import CONDITIONS, has


@pytest.fixture(scope="module")
def hospital():
    return build(1, patients=60_000)


@pytest.mark.parametrize("source", ["problem list", "billing"])
def test_each_source_misses_and_invents_as_often_as_it_says(hospital, source: str) -> None:
    sensitivity, specificity = hospital.truth("coding")[source]
    table, admissions = hospital.table("conditions"), hospital.table("admissions")
    stays = np.flatnonzero(admissions["class"] == "inpatient")
    found, ill, false, well = 0, 0, 0, 0
    for condition in CONDITIONS:
        true = hospital.table("patients")[has(condition.name)][admissions["_patient"][stays]]
        rows = (table["source"] == source) & (table["condition"] == condition.name)
        listed = np.isin(admissions["encounter_id"][stays], table["encounter_id"][rows])
        found, ill = found + int((listed & true).sum()), ill + int(true.sum())
        false, well = false + int((listed & ~true).sum()), well + int((~true).sum())
    assert found / ill == pytest.approx(sensitivity, abs=0.015)
    assert 1 - false / well == pytest.approx(specificity, abs=0.002)


def test_billing_codes_come_after_the_discharge_and_problems_before_it(hospital) -> None:
    rows = hospital.public("conditions").merge(hospital.public("admissions"), on=["encounter_id", "patient_id"])
    assert len(rows) == len(hospital.public("conditions"))
    billing = rows[rows["source"] == "billing"]
    delay = billing["recorded_time"] - billing["discharge_time"]
    assert delay.min() >= pd.Timedelta(days=3)
    assert delay.max() <= pd.Timedelta(days=25)
    problems = rows[rows["source"] == "problem list"]
    assert (problems["recorded_time"] >= problems["admit_time"]).all()
    assert (problems["recorded_time"] <= problems["discharge_time"]).all()


def test_only_inpatient_stays_are_coded_and_codes_fit_their_names(hospital) -> None:
    conditions = hospital.public("conditions")
    classes = hospital.public("admissions").set_index("encounter_id")["class"]
    assert set(conditions["encounter_id"].map(classes)) == {"inpatient"}
    pairs = set(conditions[["condition", "code"]].itertuples(index=False, name=None))
    assert pairs == {(c.name, c.code) for c in CONDITIONS}
    assert not conditions.duplicated(["encounter_id", "condition", "source"]).any()
