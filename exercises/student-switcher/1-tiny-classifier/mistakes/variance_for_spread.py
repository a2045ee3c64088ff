"""Gives the variance as the spread: its unit is the square of the column's, which nobody can picture.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    return right(values) | {"spread": float(values.var())}
