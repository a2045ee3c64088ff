"""Divides the rate without drug B by the rate with it: half the deaths are read as twice as many.

fails: test_nobody_is_immortal
overrides: records.py
"""

from records import rate_ratio_b as right


def rate_ratio_b(cohort):
    return 1 / right(cohort)
