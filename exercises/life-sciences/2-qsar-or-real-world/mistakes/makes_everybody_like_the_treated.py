"""Weighs the untreated to look like the treated: a sound question, but another one than what it does to everybody.

fails: test_groups_alike, test_risks_near_truth
overrides: records.py
"""

import numpy as np


def weights(treated, p):
    return np.where(treated, 1.0, p / (1 - p))
