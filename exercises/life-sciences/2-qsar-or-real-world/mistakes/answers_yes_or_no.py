"""Predicts who is treated, instead of how likely it was: one divided by zero is no weight.

fails: test_groups_alike, test_risks_near_truth, test_not_identified, test_records_note
overrides: records.py
"""

import numpy as np
from records import MEASURED
from sklearn.linear_model import LogisticRegression


def propensity(cohort):
    x = cohort[MEASURED].astype(float)
    return np.asarray(LogisticRegression(max_iter=1000).fit(x, cohort["drug_a"]).predict(x), dtype=float)
