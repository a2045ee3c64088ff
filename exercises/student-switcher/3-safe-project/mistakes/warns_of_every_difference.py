"""Takes every small difference for a change: the warning comes with each list, and is soon ignored.

fails: test_drift_is_noticed
"""

from project import COLUMNS


def drifted(past, visits):
    return [c for c in COLUMNS if abs(visits[c].mean() - past[c].mean()) > 0.01 * abs(past[c].mean())]
