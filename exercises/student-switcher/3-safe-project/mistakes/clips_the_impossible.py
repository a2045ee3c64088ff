"""Pulls an impossible value to the nearest possible one: an age of 111 becomes 110, and the slip stays hidden.

fails: test_faulty_rows_are_refused
"""

from project import LIMITS
from project import problems as right


def problems(visits):
    near = visits.copy()
    for column, (low, high) in LIMITS.items():
        near[column] = near[column].clip(low, high)
    return right(near)
