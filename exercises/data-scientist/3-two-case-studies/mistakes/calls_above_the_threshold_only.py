"""Calls only patients above the threshold; those who are exactly on it, often many, are forgotten.

fails: test_net_benefit_weighs_both_errors
"""

import numpy as np


def net_benefit(y, p, t):
    called = p > t
    return float(np.mean(called & (y == 1)) - np.mean(called & (y == 0)) * t / (1 - t))
