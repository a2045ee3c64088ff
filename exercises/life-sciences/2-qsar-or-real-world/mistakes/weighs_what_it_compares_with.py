"""Divides by the standard deviation after weighting, so that weights can shrink a gap by widening the groups.

fails: test_groups_alike
overrides: records.py
"""

import numpy as np
from records import MEASURED


def smd(cohort, weights):
    treated, found = cohort["drug_a"].to_numpy(bool), {}
    for name in MEASURED:
        means, variances = [], []
        for group in (treated, ~treated):
            x, w = cohort[name].to_numpy(float)[group], np.asarray(weights, float)[group]
            means.append(np.average(x, weights=w))
            variances.append(np.sum(w * (x - means[-1]) ** 2) / np.sqrt(np.sum(w**2)))
        found[name] = float((means[0] - means[1]) / np.sqrt(sum(variances) / 2))
    return found
