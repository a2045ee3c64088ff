"""The registry: a crude comparison is wrong, one at time zero is right, and the control tells the two clinics apart."""

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from wardround.hospital import build
from wardround.hospital.registry import HORIZON, PATIENTS, RECORDED, SITES, make_registry, registry_truth

SEEDS = range(1, 5)
DAYS = 365
COLUMNS = ["age", "deprivation", "severity", "egfr"]


def at_first_visit(seed: int) -> pd.DataFrame:
    """One row per patient with a value from the last 180 days: what was known then, and what followed."""
    hospital = build(seed)
    people, visits, events = (hospital.public(f"registry_{name}") for name in ("people", "visits", "events"))
    zero = visits[visits["place"] == "clinic"].groupby("patient_id")["date"].min().rename("zero")
    rows = people.merge(zero, on="patient_id").merge(hospital.truth("registry"), on=["patient_id", "site"])
    known = visits.merge(zero, on="patient_id").sort_values("date")
    recent = (known["zero"] - known["date"]).dt.days.between(0, 180)
    rows = rows.merge(known[recent].groupby("patient_id")[["severity", "egfr"]].last(), on="patient_id", how="left")
    when = events.merge(zero, on="patient_id")
    when["day"] = (when["date"] - when["zero"]).dt.days
    rows["drug"] = rows["patient_id"].isin(when.query("kind == 'drug A' and day == 0")["patient_id"])
    rows["ever"] = rows["patient_id"].isin(when.query("kind == 'drug A' and day >= 0")["patient_id"])
    for kind in ("death", "stroke", "fracture"):
        seen = when[(when["kind"] == kind) & when["day"].between(1, DAYS)]
        rows[kind] = rows["patient_id"].isin(seen["patient_id"])
    return rows.assign(age=rows["zero"].dt.year - rows["born"])


@pytest.fixture(scope="module")
def registries():
    return [at_first_visit(seed) for seed in SEEDS]


def adjusted(rows: pd.DataFrame, event: str) -> float:
    x = rows[COLUMNS].to_numpy(dtype=float)
    x = (x - x.mean(axis=0)) / x.std(axis=0)
    risks = [
        LogisticRegression(C=100).fit(x[group], rows.loc[group, event]).predict_proba(x)[:, 1].mean()
        for group in (rows["drug"], ~rows["drug"])
    ]
    return float(risks[0] - risks[1])


def true_difference(rows: pd.DataFrame, event: str) -> float:
    return float((rows[f"{event}_with"] <= DAYS).mean() - (rows[f"{event}_without"] <= DAYS).mean())


def pooled(registries, site: str, function, *args) -> float:
    parts = [rows[(rows["site"] == site) & rows["severity"].notna() & rows["egfr"].notna()] for rows in registries]
    return float(np.mean([function(part, *args) for part in parts]))


def crude(rows: pd.DataFrame, event: str, by: str = "drug") -> float:
    return float(rows.loc[rows[by], event].mean() - rows.loc[~rows[by], event].mean())


def test_what_is_shown_is_what_was_made(registries):
    for rows in registries:
        for event in ("death", "stroke", "fracture"):
            made = np.where(rows["drug"], rows[f"{event}_with"], rows[f"{event}_without"]) <= DAYS
            assert (made == rows[event]).all(), event


@pytest.mark.parametrize("event", ["death", "stroke"])
def test_at_north_adjusting_finds_the_truth_and_the_crude_comparison_does_not(registries, event):
    truth = pooled(registries, "north", true_difference, event)
    assert truth < -0.04
    assert pooled(registries, "north", adjusted, event) == pytest.approx(truth, abs=0.03)
    assert pooled(registries, "north", crude, event) > truth + 0.05


def test_the_control_is_null_at_north_and_warns_at_south(registries):
    assert pooled(registries, "north", true_difference, "fracture") == 0
    assert pooled(registries, "north", adjusted, "fracture") == pytest.approx(0, abs=0.03)
    assert pooled(registries, "south", true_difference, "fracture") == 0
    assert pooled(registries, "south", adjusted, "fracture") < -0.035
    assert pooled(registries, "south", adjusted, "death") < pooled(registries, "south", true_difference, "death") - 0.04


def test_immortal_time_makes_the_drug_look_better(registries):
    assert pooled(registries, "north", crude, "death", "ever") < pooled(registries, "north", crude, "death") - 0.02


def test_who_is_well_lacks_a_recent_value(registries):
    for rows in registries:
        missing = rows["severity"].isna() | rows["egfr"].isna()
        assert 0.15 < missing.mean() < 0.5
        assert rows.loc[missing, "death"].mean() < rows.loc[~missing, "death"].mean() - 0.015


def test_nothing_is_dated_before_the_record_or_after_the_follow_up(registries):
    hospital = build(1)
    people = hospital.public("registry_people").merge(registries[0][["patient_id", "zero"]], on="patient_id")
    for name in ("registry_visits", "registry_events"):
        rows = hospital.public(name).merge(people, on="patient_id")
        assert (rows["date"] >= rows["record_start"]).all()
        assert ((rows["date"] - rows["zero"]).dt.days <= HORIZON).all()
    visits = hospital.public("registry_visits")
    assert not visits.duplicated(["patient_id", "date"]).any()
    died = hospital.public("registry_events").query("kind == 'death'")
    assert died["patient_id"].is_unique
    later = visits.merge(died, on="patient_id", suffixes=("", "_died"))
    assert (later["date"] <= later["date_died"]).all()


def test_size_ids_and_the_same_seed():
    tables = make_registry(3, n=300)
    again, other = make_registry(3, n=300), make_registry(4, n=300)
    people = tables["people"]
    assert sorted(people["patient_id"]) == list(range(1, 601))
    assert {site: int((people["site"] == site).sum()) for site in SITES} == dict.fromkeys(SITES, 300)
    assert len(build(3).public("registry_people")) == 2 * PATIENTS
    for name, table in tables.items():
        assert all(
            np.array_equal(table[key], again[name][key], equal_nan=table[key].dtype.kind == "f") for key in table
        )
        assert not np.array_equal(table["patient_id"], other[name]["patient_id"])
    truth = registry_truth(people)
    learned = np.isfinite(truth["death_without"]).mean()
    assert RECORDED - 0.06 < learned < RECORDED + 0.06
