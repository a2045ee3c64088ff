"""Names all columns as soon as one has moved, so nobody knows where to look.

fails: test_drift_is_noticed
"""

from project import COLUMNS
from project import drifted as right


def drifted(past, visits):
    return list(COLUMNS) if right(past, visits) else []
