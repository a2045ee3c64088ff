"""Leaves out whoever was lost before day 365, but nobody who died before it: both risks are too high.

fails: test_risks_near_truth
overrides: records.py
"""

import numpy as np
from records import YEAR, days_between


def risks(cohort, weights):
    days = days_between(cohort["entry_time"], cohort["end_time"])
    known = (cohort["died"] | (days >= YEAR)).to_numpy()
    dead = (cohort["died"] & (days <= YEAR)).to_numpy()
    treated = cohort["drug_a"].to_numpy(bool)
    risk = [
        float(np.average(dead[group & known], weights=np.asarray(weights)[group & known]))
        for group in (treated, ~treated)
    ]
    return {"with_drug": risk[0], "without": risk[1], "difference": risk[0] - risk[1]}
