"""Looks for values that are too high, never for those that are too low.

fails: test_faulty_rows_are_refused
"""

from project import LIMITS
from project import problems as right


def problems(visits):
    raised = visits.copy()
    for column, (low, _) in LIMITS.items():
        raised[column] = raised[column].clip(lower=low)
    return right(raised)
