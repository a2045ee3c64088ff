"""Divides by the patients who are called instead of all: a list of one lucky call then beats every other.

fails: test_net_benefit_weighs_both_errors
"""

import numpy as np


def net_benefit(y, p, t):
    called = p >= t
    needed, needless = np.sum(called & (y == 1)), np.sum(called & (y == 0))
    return float((needed - needless * t / (1 - t)) / max(1, called.sum()))
