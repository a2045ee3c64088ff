"""Returns 1 because the brief says that drug B does nothing: a comparison that cannot show an effect shows nothing.

fails: test_nobody_is_immortal
overrides: records.py
"""


def rate_ratio_b(cohort):
    return 1.0
