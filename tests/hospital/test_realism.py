"""The virtual hospital looks like one: published figures, as ranges, over several seeds.

Readmissions: 13.9 to 14.3 % of adult stays in the US (HCUP, 2010 to 2018). Length of stay: mean 4.5 days (HCUP
statistical brief 180, 2012). Stays: 116 per 1000 persons a year (the same). In-hospital death: about 2 %.
"""

import numpy as np
import pytest
import yaml
from sklearn.linear_model import LogisticRegression

from wardround.hospital import build, realism
from wardround.hospital.patients import CONDITIONS, has


@pytest.mark.parametrize("seed", [1, 11, 21, 31])
def test_rates_lie_in_published_ranges(seed: int) -> None:
    hospital = build(seed, patients=40_000)
    admissions, stays = hospital.public("admissions"), hospital.truth("stays")
    inpatient = admissions[admissions["class"] == "inpatient"]
    days = (inpatient["discharge_time"] - inpatient["admit_time"]).dt.total_seconds() / 86_400
    assert 0.125 < stays.loc[stays["eligible"], "readmit30"].mean() < 0.165
    assert 4.3 < days.mean() < 5.1
    assert 3.2 < days.median() < 4.1
    assert 0.017 < (inpatient["disposition"] == "expired").mean() < 0.028
    assert 100 < len(inpatient) / 2 / 40 < 125, "stays per 1000 persons a year"


def test_risk_can_be_ranked_about_as_well_as_in_the_literature() -> None:
    """Published models: c between .55 and .72 mostly. The best that is possible here lies at their upper end."""
    stays = build(1, patients=60_000).truth("stays").query("eligible")
    p, y = stays["p_readmit"].to_numpy(), stays["readmit30"].to_numpy()
    rank = np.argsort(np.argsort(p)) + 1
    auc = (rank[y].sum() - y.sum() * (y.sum() + 1) / 2) / (y.sum() * (~y).sum())
    assert 0.69 < auc < 0.76


def test_the_programme_after_the_drift_lowers_readmissions() -> None:
    hospital = build(2, patients=100_000)
    admissions = hospital.table("admissions")
    after = admissions["discharge_time"] >= hospital.truth("drift_time")
    eligible = np.isin(admissions["encounter_id"], list(hospital.truth("eligible")))
    before_rate, after_rate = (admissions["_readmitted"][eligible & part].mean() for part in (~after, after))
    assert after_rate < before_rate - 0.02


def test_more_people_fall_ill_in_winter() -> None:
    admissions = build(5, patients=60_000).public("admissions")
    stays = admissions[(admissions["class"] == "inpatient") & ~admissions["planned"]]
    by_month = stays["admit_time"].dt.month.value_counts()
    assert by_month[[12, 1, 2]].mean() > 1.15 * by_month[[6, 7, 8]].mean()


def test_the_coefficients_behind_readmission_can_be_recovered() -> None:
    hospital = build(6, patients=250_000)
    table, patients, weights = hospital.table("admissions"), hospital.table("patients"), hospital.truth("readmission")
    followed = ~np.isnan(table["_p_readmit"]) & (table["admit_source"] != "transfer")
    stay = {name: column[followed] for name, column in table.items()}
    who = {name: column[stay["_patient"]] for name, column in patients.items()}
    known = {c.name: who[has(c.name)] for c in CONDITIONS} | {
        "decades of age over 60": (who["age"] - 60) / 10,
        "stays in the year before, at most 4": stay["prior_year_admissions"].clip(max=4),
        "logarithm of days in hospital": np.log((stay["discharge_time"] - stay["admit_time"]) / np.timedelta64(1, "D")),
        "severity": stay["_severity"],
        "lives alone": who["lives_alone"],
        "discharged after the drift": stay["discharge_time"] >= hospital.truth("drift_time"),
    }
    model = LogisticRegression(C=1e4, max_iter=500)
    model.fit(np.column_stack(list(known.values())).astype(float), stay["_readmitted"])
    found = dict(zip(known, model.coef_[0], strict=True)) | {"intercept": model.intercept_[0]}
    assert found == pytest.approx(weights, abs=0.12)


@pytest.mark.parametrize("seed", [3, 1001, 1002])
def test_the_figures_that_the_handbook_prints_are_those_of_the_generator(seed: int) -> None:
    """Seed 3 is one of those that were measured: inside the range. Others come near it."""
    printed = yaml.safe_load(realism.MEASURED.read_text(encoding="utf-8"))
    found = realism.measure(build(seed, realism.PATIENTS))
    assert printed.keys() == found.keys()
    for name, figure in printed.items():
        slack = 0.006 * figure["mean"] if seed in realism.SEEDS else (figure["high"] - figure["low"]) / 2
        assert figure["low"] - slack <= found[name] <= figure["high"] + slack, name
        assert figure["low"] <= figure["mean"] <= figure["high"], name
