"""Counts the returns that are found and never the calls that were not needed: calling everybody always wins.

fails: test_net_benefit_weighs_both_errors
"""

import numpy as np


def net_benefit(y, p, t):
    return float(np.mean((p >= t) & (y == 1)))
