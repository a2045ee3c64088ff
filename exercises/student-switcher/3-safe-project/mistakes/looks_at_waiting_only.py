"""Watches the one column that matters most to the score; a feed of zeros in another goes unseen.

fails: test_drift_is_noticed
"""

from project import drifted as right


def drifted(past, visits):
    return [c for c in right(past, visits) if c == "lead_days"]
