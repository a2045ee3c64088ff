"""Takes the number of rows for the number of measurements, so nobody learns how many were never measured.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    return right(values) | {"count": len(values)}
