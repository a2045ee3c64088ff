"""Adds up (observed - expected)**2 / expected as for a table of counts: near the test, but too careful where events
are common.

overrides: survival.py
fails: test_logrank_compares_at_each_time
"""

from scipy.stats import chi2
from survival import logrank as right


def logrank(time, event, group):
    result = right(time, event, group)
    observed, expected = result["observed"], result["expected"]
    other = float(event.sum()) - expected
    statistic = (observed - expected) ** 2 * (1 / expected + 1 / other)
    return result | {"chi2": statistic, "p": float(chi2.sf(statistic, 1))}
