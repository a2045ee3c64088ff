"""Describes each value once; what many patients have counts no more than what one has.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    said = right(values)
    there = values.dropna().drop_duplicates()
    return said | {"mean": there.mean(), "median": there.median(), "spread": there.std()}
