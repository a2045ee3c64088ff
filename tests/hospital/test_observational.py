"""The cohort without a coin: crude is wrong, weighting is right, and time before a drug belongs to nobody's drug."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from wardround.hospital.observational import CONFOUNDERS, HORIZON, LONGEST, cohort_truth, make_cohort

SEEDS = range(1, 7)
DAY = np.timedelta64(24 * 60, "m")


def follow_up(table) -> np.ndarray:
    return (table["end_time"] - table["entry_time"]) / DAY


def risk(table, among: np.ndarray, weight: np.ndarray) -> float:
    """Weighted Kaplan-Meier risk of death within a year."""
    days, died, weight = follow_up(table)[among], table["died"][among], weight[among]
    order = np.argsort(days)
    days, died, weight = days[order], died[order], weight[order]
    at_risk = np.cumsum(weight[::-1])[::-1]
    return float(1 - np.prod(1 - np.where(died & (days <= HORIZON), weight / at_risk, 0)))


def difference(table, weight: np.ndarray) -> float:
    return risk(table, table["drug_a"], weight) - risk(table, ~table["drug_a"], weight)


def weights(table) -> np.ndarray:
    """Inverse probability of the drug received, from the public covariates."""
    columns = [np.log(table[name]) if name == "lactate" else table[name] for name in CONFOUNDERS]
    x = np.column_stack(columns).astype(float)
    x = (x - x.mean(0)) / x.std(0)
    p = LogisticRegression(C=100, max_iter=500).fit(x, table["drug_a"]).predict_proba(x)[:, 1]
    return np.where(table["drug_a"], 1 / p, 1 / (1 - p))


def fractures(table, weight: np.ndarray) -> float:
    treated, broke = table["drug_a"], table["fracture"]
    return float(
        np.average(broke[treated], weights=weight[treated]) - np.average(broke[~treated], weights=weight[~treated])
    )


@pytest.fixture(scope="module", params=SEEDS)
def table(request: pytest.FixtureRequest):
    return make_cohort(request.param)


def test_the_crude_comparison_has_the_wrong_sign(table) -> None:
    truth = cohort_truth(table)["risk_difference"]
    assert -0.125 < truth < -0.085
    assert difference(table, np.ones(len(table["died"]))) > 0


def test_weighting_finds_the_truth_and_inverted_weights_do_not(table) -> None:
    truth, weight = cohort_truth(table)["risk_difference"], weights(table)
    assert difference(table, weight) == pytest.approx(truth, abs=0.03)
    p = np.where(table["drug_a"], 1 / weight, 1 - 1 / weight)
    assert difference(table, np.where(table["drug_a"], 1 / (1 - p), 1 / p)) > 0.1


def test_covariates_balance_after_weighting_and_not_before(table) -> None:
    treated, weight = table["drug_a"], weights(table)
    for name in CONFOUNDERS:
        x = table[name].astype(float)
        spread = np.sqrt((x[treated].var() + x[~treated].var()) / 2)
        apart = np.average(x[treated], weights=weight[treated]) - np.average(x[~treated], weights=weight[~treated])
        assert abs(apart / spread) < 0.1
    severity = table["severity"]
    assert severity[treated].mean() - severity[~treated].mean() > 0.5


def test_immortal_time_makes_a_drug_that_does_nothing_look_good(table) -> None:
    days, died = follow_up(table), table["died"]
    got = ~np.isnat(table["drug_b_start"])
    before = np.where(got, (table["drug_b_start"] - table["entry_time"]) / DAY, days)
    rate = lambda events, time: events.sum() / time.sum()  # noqa: E731
    ever = rate(died[got], days[got]) / rate(died[~got], days[~got])
    split = rate(died[got], (days - before)[got]) / rate(died[~got], before)
    assert 0.62 < ever < 0.82
    assert 0.90 < split < 1.15


def test_the_negative_control_is_null_once_adjusted(table) -> None:
    assert fractures(table, np.ones(len(table["died"]))) > 0.02
    assert abs(fractures(table, weights(table))) < 0.03


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unmeasured_confounder_defeats_weighting_and_shows_in_the_control(seed: int) -> None:
    table = make_cohort(seed, unmeasured=True)
    weight = weights(table)
    assert difference(table, weight) - cohort_truth(table)["risk_difference"] > 0.06
    assert fractures(table, weight) > 0.05


def test_times_are_in_order(table) -> None:
    days = follow_up(table)
    assert (days > 0).all()
    assert days.max() <= LONGEST
    got = ~np.isnat(table["drug_b_start"])
    assert 0.2 < got.mean() < 0.5
    assert (table["drug_b_start"][got] >= table["entry_time"][got]).all()
    assert (table["drug_b_start"][got] < table["end_time"][got]).all()


def test_the_truth_comes_from_both_lives_of_each_patient(table) -> None:
    assert (table["_days1"] > table["_days0"]).all()
    truth = cohort_truth(table)
    assert truth["risk_difference"] == pytest.approx(truth["risk_with"] - truth["risk_without"])
    died = table["died"]
    lived = np.where(table["drug_a"], table["_days1"], table["_days0"])
    np.testing.assert_allclose(follow_up(table)[died], np.maximum(lived, 0.1)[died], atol=0.01)
