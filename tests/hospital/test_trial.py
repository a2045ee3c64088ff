"""The trial: the coin makes a plain difference right; every way of forgetting the coin makes it wrong."""

import numpy as np
import pytest

from wardround.hospital.trial import BASELINE, SUBGROUPS, make_trial, trial_truth

MANY = range(1, 101)


@pytest.fixture(scope="module")
def trials() -> list:
    return [make_trial(seed) for seed in MANY]


def difference(y: np.ndarray, one: np.ndarray) -> tuple[float, float]:
    """Difference of two shares, and its standard error."""
    a, b = y[one], y[~one]
    return float(a.mean() - b.mean()), float(np.sqrt(a.var() / a.size + b.var() / b.size))


def drug(table) -> np.ndarray:
    return table["arm"] == "drug"


def test_the_interval_of_a_plain_difference_covers_the_truth(trials) -> None:
    covered = []
    for table in trials:
        estimate, error = difference(table["event_30d"], drug(table))
        covered.append(abs(estimate - trial_truth(table)["ate_30d"]) < 1.96 * error)
    assert np.mean(covered) >= 0.90


def test_the_standard_error_of_one_arm_covers_too_seldom(trials) -> None:
    covered = []
    for table in trials:
        estimate, _ = difference(table["event_30d"], drug(table))
        treated = table["event_30d"][drug(table)]
        covered.append(abs(estimate - trial_truth(table)["ate_30d"]) < 1.96 * treated.std() / np.sqrt(treated.size))
    assert np.mean(covered) < 0.90


def test_as_treated_flatters_the_drug(trials) -> None:
    gaps = [difference(t["event_30d"], t["took_drug"])[0] - trial_truth(t)["ate_30d"] for t in trials[:20]]
    assert np.mean(gaps) < -0.04
    assert sum(gap < -0.02 for gap in gaps) >= 18


def test_adjusting_for_what_came_after_hides_the_effect(trials) -> None:
    gaps = []
    for table in trials[:20]:
        x = np.column_stack([np.ones(len(table["arm"])), drug(table), table["marker_day14"]])
        found = np.linalg.lstsq(x, table["event_30d"].astype(float), rcond=None)[0][1]
        gaps.append(found - trial_truth(table)["ate_30d"])
    assert np.mean(gaps) > 0.03


def test_arms_are_alike_at_baseline_and_of_one_size(trials) -> None:
    z = []
    for table in trials:
        assert abs(drug(table).sum() - (~drug(table)).sum()) <= 1
        for name in BASELINE:
            x = (table[name] == "F" if name == "sex" else table[name]).astype(float)
            estimate, error = difference(x, drug(table))
            z.append(abs(estimate / error) > 1.96)
    assert 0.03 < np.mean(z) < 0.07


def test_no_subgroup_benefits_more_but_twenty_tests_would_find_one(trials) -> None:
    """Each test of an interaction errs in one of twenty, so eight of them err in a third of the trials."""
    found = []
    for table in trials:
        for name in SUBGROUPS:
            part = table[name] == ("F" if name == "sex" else True)
            gap = (table["_p30_drug"] - table["_p30_control"])[part].mean()
            rest = (table["_p30_drug"] - table["_p30_control"])[~part].mean()
            assert abs(gap - rest) < 0.02
            one, other = (difference(table["event_30d"][p], drug(table)[p]) for p in (part, ~part))
            found.append(abs(one[0] - other[0]) > 1.96 * np.hypot(one[1], other[1]))
    by_trial = np.reshape(found, (len(trials), -1))
    assert 0.02 < np.mean(found) < 0.08
    assert by_trial.any(axis=1).mean() > 0.2


def test_dropping_the_lost_is_biased_and_bounds_are_not(trials) -> None:
    gaps = []
    for table in trials:
        truth, y = trial_truth(table), table["event_90d"]
        lost = np.isnan(y)
        assert truth["missing_90d"] == lost.sum() > 100
        worst = np.where(lost, drug(table), y)
        best = np.where(lost, ~drug(table), y)
        low, high = difference(best, drug(table))[0], difference(worst, drug(table))[0]
        assert low <= truth["difference_90d"] <= high
        gaps.append(difference(y[~lost], drug(table)[~lost])[0] - truth["difference_90d"])
    assert abs(np.mean(gaps)) > 0.005


def test_the_lost_are_the_severe_ones_on_the_drug(trials) -> None:
    table = trials[0]
    lost = np.isnan(table["event_90d"])
    mean = {arm: table["severity"][lost & (table["arm"] == arm)].mean() for arm in ("drug", "control")}
    assert mean["drug"] > mean["control"] + 0.3


def test_known_outcomes_are_the_true_ones_and_events_do_not_end(trials) -> None:
    for table in trials[:5]:
        known = ~np.isnan(table["event_90d"])
        np.testing.assert_array_equal(table["event_90d"][known], table["_event_90d"][known])
        assert (table["_event_90d"] >= table["event_30d"]).all()
        for name in ("_p30_drug", "_p90_control"):
            assert ((table[name] > 0) & (table[name] < 1)).all()


def test_the_size_can_be_chosen() -> None:
    assert len(make_trial(1, 51)["arm"]) == 51
