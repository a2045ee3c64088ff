"""A cohort without a coin: the sicker patients get drug A, and drug B waits until patients have survived.

Drug A starts at entry and prevents deaths; sicker patients receive it more often, so the crude comparison has the wrong
sign. Drug B does nothing; it starts days or months after entry, so whoever received it must have lived until then
(immortal time). A fracture in the first year depends on age, severity and deprivation, never on a drug: it is the
negative-control outcome, null after adjustment unless something unmeasured drives both.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from wardround.hospital.period import DAY
from wardround.hospital.stream import Table, sigmoid, stream

PATIENTS = 8000
HORIZON = 365
"""Days after entry at which risks are compared."""
LONGEST = 730
HAZARD_RATIO_A = 0.69
"""Of death, drug A against none, for a patient with given covariates."""
HAZARD_RATIO_B = 1.0
CONFOUNDERS = ("age", "severity", "lactate", "deprivation", "chronic_kidney_disease")
"""What must be adjusted for; enough unless there is an unmeasured confounder."""
UNMEASURED: Mapping[str, float] = MappingProxyType({"drug A": 1.0, "death": 0.8, "fracture": 0.8})
"""Per standard deviation of what nobody measured: log odds of drug A, log hazard of death, log odds of fracture."""
_SHAPE = 1.13  # Weibull: the risk of death rises slowly with time
_ENTRY = np.datetime64("2021-01-01T00:00", "m")


def make_cohort(seed: int, n: int = PATIENTS, unmeasured: bool = False) -> Table:
    """Make `n` patients, one row each, followed for at most two years.

    Columns: patient_id, entry_time, age (years), severity (standard deviations), lactate (mmol/L), deprivation (1 to
    5), chronic_kidney_disease, drug_a, drug_b_start (NaT: never dispensed), end_time (death or last contact), died,
    fracture (within a year of entry). Hidden: `_days0` and `_days1` (days to death without and with drug A),
    `_propensity` (probability of drug A), `_unmeasured`.

    Args:
        seed: which cohort.
        n: how many patients.
        unmeasured: whether a confounder that stands in no public column has the strength of `UNMEASURED`.
    """
    r = stream(seed, "cohort/unmeasured" if unmeasured else "cohort")
    age = np.clip(r.normal(66, 10, n), 35, 95)
    severity = r.normal(0, 1, n)
    lactate = np.exp(0.45 + 0.30 * severity + r.normal(0, 0.30, n))
    deprivation = r.integers(1, 6, n)
    kidney = r.random(n) < sigmoid(-1.3 + 0.4 * severity)
    hidden = r.normal(0, 1, n)
    strength = UNMEASURED if unmeasured else dict.fromkeys(UNMEASURED, 0.0)

    excess = np.log(lactate) - 0.45
    propensity = sigmoid(
        -0.35
        + 0.66 * severity
        + 0.80 * excess
        + 0.45 * kidney
        - 0.02 * (age - 66)
        + 0.12 * (deprivation - 3)
        + strength["drug A"] * hidden
    )
    drug_a = r.random(n) < propensity
    log_hazard = (
        0.45 * severity
        + 0.50 * excess
        + 0.40 * kidney
        + 0.03 * (age - 66)
        + 0.10 * (deprivation - 3)
        + strength["death"] * hidden
    )
    luck = -np.log(r.random(n))
    without = (luck / (0.00085 * np.exp(log_hazard))) ** (1 / _SHAPE)
    with_a = (luck / (0.00085 * np.exp(log_hazard) * HAZARD_RATIO_A)) ** (1 / _SHAPE)
    death = np.where(drug_a, with_a, without)
    last_contact = np.minimum(r.exponential(1500, n), LONGEST)
    end = np.maximum(np.minimum(death, last_contact), 0.1)

    planned_b = r.random(n) < 0.5
    start_b = r.exponential(80, n)
    got_b = planned_b & (start_b < end - 0.01)
    fracture_odds = -2.2 + 0.65 * severity + 0.03 * (age - 66) + 0.10 * (deprivation - 3)
    fracture = r.random(n) < sigmoid(fracture_odds + strength["fracture"] * hidden)

    entry = _ENTRY + r.integers(0, 365 * DAY, n).astype("timedelta64[m]")
    b_time = entry + (start_b * DAY).astype("timedelta64[m]")
    return {
        "patient_id": 1 + r.permutation(n),
        "entry_time": entry,
        "age": np.round(age, 1),
        "severity": np.round(severity, 3),
        "lactate": np.round(lactate, 2),
        "deprivation": deprivation,
        "chronic_kidney_disease": kidney,
        "drug_a": drug_a,
        "drug_b_start": np.where(got_b, b_time, np.datetime64("NaT", "m")),
        "end_time": entry + (end * DAY).astype("timedelta64[m]"),
        "died": death <= last_contact,
        "fracture": fracture,
        "_days0": without,
        "_days1": with_a,
        "_propensity": propensity,
        "_unmeasured": hidden * unmeasured,
    }


def cohort_truth(table: Table) -> dict[str, float]:
    """Tell what a sound analysis of this very cohort should find.

    Keys: `risk_with` and `risk_without` (death within 365 days, had everybody or nobody received drug A),
    `risk_difference` (with minus without), `hazard_ratio_a`, `hazard_ratio_b` (1: no effect) and `fracture_difference`
    (0: no effect).
    """
    with_a, without = float((table["_days1"] <= HORIZON).mean()), float((table["_days0"] <= HORIZON).mean())
    return {
        "risk_with": with_a,
        "risk_without": without,
        "risk_difference": with_a - without,
        "hazard_ratio_a": HAZARD_RATIO_A,
        "hazard_ratio_b": HAZARD_RATIO_B,
        "fracture_difference": 0.0,
    }
