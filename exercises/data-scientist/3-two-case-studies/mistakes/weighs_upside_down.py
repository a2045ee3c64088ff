"""Weighs needless calls by (1 - t) / t: at a low threshold, where calls are cheap, each then costs the most.

fails: test_net_benefit_weighs_both_errors
"""

import numpy as np


def net_benefit(y, p, t):
    called = p >= t
    return float(np.mean(called & (y == 1)) - np.mean(called & (y == 0)) * (1 - t) / t)
