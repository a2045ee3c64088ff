"""Laboratory traps: two units, a drifting assay, a test ordered when it is bad, results after the patient has left."""

import numpy as np
import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.labs import LABS, UMOL_PER_MG_DL


@pytest.fixture(scope="module")
def hospital():
    return build(1, patients=60_000)


@pytest.fixture(scope="module")
def results(hospital) -> pd.DataFrame:
    stays = hospital.public("admissions").drop(columns="patient_id")
    rows = hospital.public("labs").merge(stays, on="encounter_id", how="left", validate="many_to_one")
    assert rows["class"].eq("inpatient").all()
    return rows


def test_units_differ_by_hospital_for_creatinine_only(results: pd.DataFrame) -> None:
    units = {lab.name: {lab.unit} for lab in LABS} | {"creatinine": {"mg/dL", "umol/L"}}
    assert {name: set(rows["unit"]) for name, rows in results.groupby("lab")} == units
    foreign = results["unit"] == "umol/L"
    assert set(results.loc[foreign, "facility"]) == {"HOME-EAST"}
    creatinine = results[results["lab"] == "creatinine"]
    assert not (creatinine["facility"].eq("HOME-EAST") & creatinine["unit"].eq("mg/dL")).any()
    mean = creatinine.groupby("unit")["value"].mean()
    assert mean["umol/L"] / UMOL_PER_MG_DL == pytest.approx(mean["mg/dL"], rel=0.05)
    assert creatinine["value"].mean() > 5 * mean["mg/dL"], "taken as they stand, the values mean nothing"


def test_other_hospitals_send_no_results(results: pd.DataFrame) -> None:
    assert set(results["facility"]) == {"HOME-MAIN", "HOME-EAST"}


def test_the_drift_of_creatinine_can_be_recovered(hospital, results: pd.DataFrame) -> None:
    rows = results[(results["lab"] == "creatinine") & (results["unit"] == "mg/dL")]
    after = rows["time"] >= pd.Timestamp(hospital.truth("drift_time"))
    shift = rows.loc[after, "value"].mean() - rows.loc[~after, "value"].mean()
    assert shift == pytest.approx(hospital.truth("creatinine_shift"), abs=0.03)
    sodium = results[results["lab"] == "sodium"]
    after = sodium["time"] >= pd.Timestamp(hospital.truth("drift_time"))
    assert abs(sodium.loc[after, "value"].mean() - sodium.loc[~after, "value"].mean()) < 0.15


def test_lactate_is_measured_in_those_who_do_badly(results: pd.DataFrame) -> None:
    died = results.drop_duplicates("encounter_id").set_index("encounter_id")["disposition"] == "expired"
    measured = died.index.isin(results.loc[results["lab"] == "lactate", "encounter_id"])
    assert 0.3 < measured.mean() < 0.7
    assert died[measured].mean() > 2 * died[~measured].mean()


def test_a_few_results_come_after_the_discharge(results: pd.DataFrame) -> None:
    late = results["time"] > results["discharge_time"]
    assert 0.005 < late.mean() < 0.05
    assert (results["time"] > results["admit_time"]).all()


def test_no_test_of_a_stay_has_two_results_at_one_time(hospital) -> None:
    assert not hospital.public("labs").duplicated(["encounter_id", "lab", "time"]).any()


def test_values_are_ones_a_laboratory_reports(results: pd.DataFrame) -> None:
    shown = results["value"].where(results["unit"] != "umol/L", results["value"] / UMOL_PER_MG_DL)
    low = {"creatinine": 0.2, "hemoglobin": 4, "sodium": 115, "wbc": 1, "lactate": 0.1}
    high = {"creatinine": 15, "hemoglobin": 21, "sodium": 160, "wbc": 60, "lactate": 30}
    for name, values in shown.groupby(results["lab"]):
        assert values.between(low[name], high[name]).all()
        assert np.isfinite(values).all()
