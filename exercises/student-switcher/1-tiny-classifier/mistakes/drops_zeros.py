"""Takes 0 for a missing value, though some lumps have it: who has least of something is left out.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    said = right(values)
    there = values[values != 0]
    return said | {"mean": there.mean(), "median": there.median(), "spread": there.std()}
