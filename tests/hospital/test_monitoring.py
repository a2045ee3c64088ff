"""Watching a model: drift that a sound test finds and a nervous one imagines; harm that accuracy does not see."""

import numpy as np
import pytest
from scipy.stats import ks_2samp

from wardround.hospital.labs import CREATININE_SHIFT
from wardround.hospital.monitoring import HARMS, INPUTS, SITES, WEEKS, make_batches, make_rollout

SEEDS = range(1, 31)


@pytest.fixture(scope="module")
def batches() -> list:
    return [make_batches(seed) for seed in SEEDS]


@pytest.fixture(scope="module")
def rollouts() -> list:
    return [make_rollout(seed) for seed in SEEDS]


def distances(table) -> dict[str, tuple[bool, dict[str, tuple[float, float]]]]:
    """For each week: whether it drifted, and of each input the Kolmogorov-Smirnov distance and its p-value."""
    reference, found = table["batch"] == "reference", {}
    for week in sorted(set(table["batch"]) - {"reference"}):
        rows = table["batch"] == week
        tests = {name: ks_2samp(table[name][reference], table[name][rows]) for name in INPUTS}
        found[week] = (bool(table["_drifted"][rows].all()), {k: (t.statistic, t.pvalue) for k, t in tests.items()})
        assert table["_drifted"][rows].all() == table["_drifted"][rows].any()
    return found


def test_a_distance_finds_the_drift_and_only_it(batches) -> None:
    said = {True: [], False: []}
    for table in batches[:10]:
        for drifted, tests in distances(table).values():
            alarmed = {name for name, (distance, _) in tests.items() if distance > 0.12}
            assert alarmed <= {"creatinine"}
            said[drifted].append(bool(alarmed))
    assert np.mean(said[True]) >= 0.98
    assert np.mean(said[False]) <= 0.02


def test_one_test_in_twenty_alarms_by_chance(batches) -> None:
    """Six inputs at p < .05 and a case mix that wanders: whoever does not think of it alarms in a quiet week."""
    quiet = [tests for table in batches[:10] for drifted, tests in distances(table).values() if not drifted]
    assert 0.12 < np.mean([any(p < 0.05 for _, p in tests.values()) for tests in quiet]) < 0.7


def test_the_size_of_the_drift_can_be_recovered(batches) -> None:
    for table in batches:
        shift = table["creatinine"][table["_drifted"]].mean() - table["creatinine"][~table["_drifted"]].mean()
        assert shift == pytest.approx(CREATININE_SHIFT, abs=0.05)
        weeks = {week for week in table["batch"] if week != "reference"}
        assert 0 < len(set(table["batch"][table["_drifted"]])) < len(weeks)
        assert not table["_drifted"][table["batch"] == "reference"].any()


def weeks_of(table, site: str) -> dict[str, np.ndarray]:
    rows = table["site"] == site
    return {name: column[rows] for name, column in table.items()}


def rolled(part: np.ndarray, whole: np.ndarray, window: int = 4) -> np.ndarray:
    """Share over the last `window` weeks; week w stands at w - window."""
    ones = np.ones(window)
    return np.convolve(part, ones, "valid") / np.convolve(whole, ones, "valid")


def first_stop(shares: np.ndarray, limit: float, window: int = 4) -> int | None:
    over = np.flatnonzero(shares > limit)
    return int(over[0]) + window if over.size else None


def test_a_rule_over_four_weeks_stops_the_harm_and_nothing_else(rollouts) -> None:
    wrong = late = 0
    for table, truth in rollouts:
        for site in SITES:
            w, harm, begins = weeks_of(table, site), truth[site]["harm"], truth[site]["week"]
            stops = {
                "missed patients": first_stop(rolled(w["missed"], w["deteriorations"]), 0.28),
                "false alarms": first_stop(rolled(w["late_reviews"], w["reviews"]), 0.105),
            }
            for kind, stop in stops.items():
                if kind == harm:
                    wrong += stop is not None and stop < begins
                    late += stop is None or stop > begins + 4
                else:
                    wrong += stop is not None
    assert wrong <= 2, "of 90 streams with two rules each"
    assert late <= 2, "of 60 harms"


def test_a_rule_on_single_weeks_stops_what_is_safe(rollouts) -> None:
    stopped = []
    for table, truth in rollouts:
        (safe,) = (site for site in SITES if truth[site]["harm"] == "none")
        w = weeks_of(table, safe)
        stopped.append(((w["missed"] / w["deteriorations"]) > 0.28).any())
    assert np.mean(stopped) > 0.9


def test_accuracy_and_the_burden_do_not_see_that_patients_are_missed(rollouts) -> None:
    better = []
    for table, truth in rollouts:
        (site,) = (site for site in SITES if truth[site]["harm"] == "missed patients")
        w, after = weeks_of(table, site), np.arange(1, WEEKS + 1) >= truth[site]["week"]
        accuracy = 1 - (w["missed"] + w["false_alarms"]) / w["patient_days"]
        better.append(accuracy[after].mean() > accuracy[~after].mean() - 0.005)
        assert w["alerts"][after].mean() < w["alerts"][~after].mean()
    assert np.mean(better) > 0.9


def test_every_rollout_has_one_of_each(rollouts) -> None:
    orders = set()
    for table, truth in rollouts:
        assert sorted(t["harm"] for t in truth.values()) == sorted(HARMS)
        assert all((t["week"] is None) == (t["harm"] == "none") for t in truth.values())
        orders.add(tuple(truth[site]["harm"] for site in SITES))
        assert len(table["week"]) == WEEKS * len(SITES)
        assert (table["missed"] <= table["deteriorations"]).all()
        assert (table["late_reviews"] <= table["reviews"]).all()
        np.testing.assert_array_equal(
            table["alerts"], table["deteriorations"] - table["missed"] + table["false_alarms"]
        )
    assert len(orders) > 3
