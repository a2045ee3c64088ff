"""Puts 0 where nothing was measured: a patient without a result becomes a patient with a very low one.

fails: test_column_is_described
"""

from classifier import describe as right


def describe(values):
    return right(values.fillna(0)) | {"count": int(values.count()), "missing": int(values.isna().sum())}
