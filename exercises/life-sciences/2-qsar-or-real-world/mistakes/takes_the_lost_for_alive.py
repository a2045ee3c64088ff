"""Takes everybody who was lost for alive on day 365, so both risks are too low.

fails: test_risks_near_truth
overrides: records.py
"""

import numpy as np
from records import YEAR, days_between


def risks(cohort, weights):
    dead = cohort["died"] & (days_between(cohort["entry_time"], cohort["end_time"]) <= YEAR)
    treated = cohort["drug_a"].to_numpy(bool)
    risk = [float(np.average(dead[group], weights=np.asarray(weights)[group])) for group in (treated, ~treated)]
    return {"with_drug": risk[0], "without": risk[1], "difference": risk[0] - risk[1]}
