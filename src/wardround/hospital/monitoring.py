"""A model in use, watched: batches whose inputs may have drifted, and weeks of a rollout in which harm may begin.

Batches: the reference is the time the model was accepted; each later batch is a week. In some weeks the laboratory's
creatinine is 0.20 mg/dL higher, in the others nothing has changed but the case mix by chance.

Rollout: three hospitals use a deterioration alert for 26 weeks. At one the alert begins to miss patients: it rings
less, and accuracy hardly moves. At one it begins to ring for nothing, and other patients' reviews come late. At one
nothing is wrong: it has single bad weeks and holidays with few patients. Which is which, and since when, only the
truth says.
"""

from typing import Any

import numpy as np

from wardround.hospital.labs import CREATININE_SHIFT
from wardround.hospital.stream import Ints, Table, sigmoid, stream

REFERENCE_SIZE, BATCH_SIZE, BATCHES = 4000, 1000, 8
INPUTS = ("age", "creatinine", "hemoglobin", "sodium", "wbc", "prior_year_admissions")
SITES = ("A", "B", "C")
WEEKS = 26
HARMS = ("none", "missed patients", "false alarms")
FIRST_WEEK = np.datetime64("2024-01-01")
MISSED_BEFORE, MISSED_AFTER = 0.15, 0.42
"""Share of deteriorations without an alert, where the alert works and where it has begun to miss patients."""
LATE_BEFORE, LATE_AFTER = 0.06, 0.16
"""Share of other patients' reviews that come late, before and after the alert has begun to ring for nothing."""
_CONCENTRATION = 300  # of the weekly shares around their mean: weeks differ by more than chance alone


def make_batches(seed: int) -> Table:
    """Make the rows a model has scored, by batch.

    Columns: record_id, batch (reference, or week-1 to week-8), the `INPUTS` (years; mg/dL; g/dL; mmol/L; 10*3/uL;
    stays), score (the model's risk). Hidden: `_drifted`. At least one week has drifted and at least one has not.
    """
    r = stream(seed, "batches")
    drifted = np.zeros(BATCHES + 1, dtype=np.bool_)
    drifted[1 + r.permutation(BATCHES)[: int(r.integers(2, BATCHES - 1))]] = True
    sizes = np.array([REFERENCE_SIZE, *[BATCH_SIZE] * BATCHES])
    batch = np.repeat(np.arange(BATCHES + 1), sizes)
    n = batch.size
    severity = r.normal(0, 1, n) + r.normal(0, 0.04, BATCHES + 1)[batch]
    kidney = r.random(n) < 0.24
    age = np.clip(r.normal(63, 16, n), 18, 99).astype(np.int64)
    creatinine = (
        np.exp(-0.10 + 0.62 * kidney + 0.10 * severity + r.normal(0, 0.22, n)) + CREATININE_SHIFT * drifted[batch]
    )
    hemoglobin = 12.7 - 0.8 * kidney - 0.3 * severity + r.normal(0, 1.4, n)
    sodium = 138.2 - 0.5 * severity + r.normal(0, 3.2, n)
    wbc = np.exp(2.08 + 0.16 * np.maximum(severity, 0) + r.normal(0, 0.30, n))
    prior = r.poisson(0.7, n)
    odds = -2.6 + 0.02 * (age - 63) + 0.9 * (creatinine - 1.1) - 0.12 * (hemoglobin - 12.4) + 0.3 * prior
    return {
        "record_id": 1 + r.permutation(n),
        "batch": np.array(["reference", *(f"week-{week}" for week in range(1, BATCHES + 1))])[batch],
        "age": age,
        "creatinine": np.round(creatinine, 2),
        "hemoglobin": np.round(hemoglobin, 1),
        "sodium": np.round(sodium),
        "wbc": np.round(wbc, 1),
        "prior_year_admissions": prior,
        "score": np.round(sigmoid(odds), 4),
        "_drifted": drifted[batch],
    }


def make_rollout(seed: int) -> tuple[Table, dict[str, dict[str, Any]]]:
    """Make one row per hospital and week of the rollout, and the truth about each hospital.

    Columns: site, week (1 to 26), starts (Monday), patient_days, deteriorations, missed (those without an alert in the
    hours before), alerts, false_alarms (alerts without a deterioration), alert_minutes (nursing time they took),
    reviews (of other patients, due that week), late_reviews.

    The truth: site to `harm` (one of `HARMS`) and `week` (the first with harm, 10 to 15; None where there is none).
    """
    harms = stream(seed, "rollout").permutation(len(SITES))
    truth: dict[str, dict[str, Any]] = {}
    parts: list[Table] = []
    for site, kind in zip(SITES, harms.tolist(), strict=True):
        r = stream(seed, f"rollout/{site}")
        begins = int(r.integers(10, 16)) if kind else None
        truth[site] = {"harm": HARMS[kind], "week": begins}
        week = np.arange(1, WEEKS + 1)
        harmed = week >= (begins or WEEKS + 1)
        busy = np.where(np.isin(week, r.integers(2, WEEKS, 2)), 0.6, 1.0)  # holidays
        patient_days = r.poisson(900 * busy)
        deteriorations = r.poisson(0.05 * patient_days) + 1
        missed = _of(r, deteriorations, np.where(harmed & (kind == 1), MISSED_AFTER, MISSED_BEFORE))
        late_share = np.where(harmed & (kind == 2), LATE_AFTER, LATE_BEFORE)
        rate = np.where(harmed & (kind == 2), 0.20, np.where(harmed & (kind == 1), 0.075, 0.10))
        if kind == 0:  # one bad week of each sort, and then never again
            bad_missed, bad_late = 6 + r.permutation(WEEKS - 7)[:2]
            missed[bad_missed] = round(0.31 * deteriorations[bad_missed])
            late_share[bad_late], rate[bad_late] = 0.12, 0.17
        false_alarms = _of(r, patient_days, rate)
        reviews = r.poisson(420 * busy)
        alerts = deteriorations - missed + false_alarms
        parts.append(
            {
                "site": np.full(WEEKS, site),
                "week": week,
                "starts": (FIRST_WEEK + 7 * (week - 1)).astype("datetime64[m]"),
                "patient_days": patient_days,
                "deteriorations": deteriorations,
                "missed": missed,
                "alerts": alerts,
                "false_alarms": false_alarms,
                "alert_minutes": np.round(alerts * r.normal(6, 0.4, WEEKS)).astype(np.int64),
                "reviews": reviews,
                "late_reviews": _of(r, reviews, late_share),
            }
        )
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}, truth


def _of(r: np.random.Generator, n: Ints, share: Any) -> Ints:
    """Draw how many of n, with shares that wander from week to week."""
    return r.binomial(n, r.beta(share * _CONCENTRATION, (1 - share) * _CONCENTRATION))
