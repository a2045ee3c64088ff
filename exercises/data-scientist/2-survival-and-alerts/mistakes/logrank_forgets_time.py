"""Compares the groups' shares with an event over the whole time: whoever was watched longer looks worse.

overrides: survival.py
fails: test_logrank_compares_at_each_time
"""

import numpy as np
from scipy.stats import chi2


def logrank(time, event, group):
    observed, expected = float(np.sum(event & group)), float(event.sum() * group.mean())
    statistic = (observed - expected) ** 2 / (expected * (1 - group.mean()) * (1 - event.mean()))
    return {"observed": observed, "expected": expected, "chi2": statistic, "p": float(chi2.sf(statistic, 1))}
