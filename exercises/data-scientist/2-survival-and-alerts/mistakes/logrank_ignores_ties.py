"""Takes the variance as if events came one at a time; with many on one day it is too large.

overrides: survival.py
fails: test_logrank_compares_at_each_time
"""

import numpy as np
from scipy.stats import chi2


def logrank(time, event, group):
    observed, expected, variance = float(np.sum(event & group)), 0.0, 0.0
    for moment in np.unique(time[event]):
        share = np.mean(group[time >= moment])
        events = np.sum(event & (time == moment))
        expected += events * share
        variance += events * share * (1 - share)
    statistic = (observed - expected) ** 2 / variance
    return {"observed": observed, "expected": expected, "chi2": statistic, "p": float(chi2.sf(statistic, 1))}
