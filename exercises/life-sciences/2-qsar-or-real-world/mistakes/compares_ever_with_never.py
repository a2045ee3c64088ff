"""Compares patients who ever received drug B with those who never did: the first must live until then.

fails: test_nobody_is_immortal
overrides: records.py
"""

from records import ever_against_never


def rate_ratio_b(cohort):
    return ever_against_never(cohort)
