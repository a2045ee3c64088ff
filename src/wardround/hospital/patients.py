"""Who the patients are: age, circumstances, and the conditions they truly have."""

from dataclasses import dataclass

import numpy as np

from wardround.hospital.stream import Table, sigmoid, stream


@dataclass(frozen=True)
class Condition:
    """A long-term condition: its ICD-10-CM code and how it spreads over age and frailty."""

    name: str
    code: str
    logit_at_60: float
    logit_per_decade: float
    admissions: float
    """What it adds to the logarithm of the admission rate."""


CONDITIONS = (
    Condition("heart failure", "I50.9", -3.3, 0.65, 0.75),
    Condition("COPD", "J44.9", -2.9, 0.35, 0.55),
    Condition("type 2 diabetes", "E11.9", -1.8, 0.25, 0.30),
    Condition("chronic kidney disease", "N18.9", -2.45, 0.55, 0.50),
    Condition("cancer", "C80.1", -2.75, 0.45, 0.80),
    Condition("depression", "F32.A", -1.85, -0.05, 0.20),
    Condition("dementia", "F03.90", -4.7, 1.1, 0.55),
)
GROUPS = np.array(["A", "B", "C"])
PAYERS = np.array(["medicare", "medicaid", "commercial", "uninsured"])


def has(condition: str) -> str:
    """Name the hidden column that says who truly has a condition."""
    return f"_has_{condition}"


def make_patients(seed: int, n: int) -> Table:
    """Make `n` adults. Conditions are independent of each other given age and frailty."""
    r = stream(seed, "patients")
    older = r.random(n) < 0.25
    age = np.clip(np.where(older, r.normal(72, 9, n), r.normal(46, 17, n)), 18, 99)
    group = r.choice(3, n, p=[0.68, 0.22, 0.10])
    deprivation = np.clip(r.integers(1, 6, n) + (group == 1) * r.integers(0, 2, n), 1, 5)
    frailty = r.gamma(2.0, 0.5, n) * (1 + 0.06 * (deprivation - 3))
    draw = r.random(n)
    working_age = np.where(draw < 0.10 + 0.06 * deprivation, 1, np.where(r.random(n) < 0.12, 3, 2))
    table: Table = {
        "patient_id": np.arange(1, n + 1),
        "age": age.astype(np.int64),
        "sex": np.where(r.random(n) < 0.52, "F", "M"),
        "group": GROUPS[group],
        "deprivation": deprivation,
        "payer": PAYERS[np.where(age >= 65, 0, working_age)],
        "lives_alone": r.random(n) < 0.18 + 0.10 * (age > 70),
        "_frailty": frailty,
        "_group": group,
        "_campus": (r.random(n) < 0.15).astype(np.int64),  # the hospital nearest home: 0 HOME-MAIN, 1 HOME-EAST
    }
    decades = (age - 60) / 10
    for c in CONDITIONS:
        logit = c.logit_at_60 + c.logit_per_decade * decades + 0.35 * (frailty - 1)
        table[has(c.name)] = r.random(n) < sigmoid(logit)
    return table
