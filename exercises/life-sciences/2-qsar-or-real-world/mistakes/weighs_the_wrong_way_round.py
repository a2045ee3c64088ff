"""Gives the patients who were likely to be treated the larger weight: the groups move further apart.

fails: test_groups_alike, test_risks_near_truth, test_quitting_and_weight
overrides: records.py
"""

import numpy as np


def weights(treated, p):
    return np.where(treated, 1 / (1 - p), 1 / p)
