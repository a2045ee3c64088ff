"""Divides what was found by all stays of the group instead of its returns: every group looks alike, and all look bad.

fails: test_results_are_told_by_group
"""

from ship import results as right


def results(run, threshold):
    table = right(run, threshold)
    return table.assign(sensitivity=table["found"] / table["n"])
