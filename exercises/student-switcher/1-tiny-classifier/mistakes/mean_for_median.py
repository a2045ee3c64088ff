"""Gives the mean as the median; the two differ just where a few extreme patients pull the mean away.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    return right(values) | {"median": float(values.mean())}
