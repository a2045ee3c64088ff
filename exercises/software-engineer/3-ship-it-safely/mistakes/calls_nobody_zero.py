"""Writes 0 for a share of nobody: a group without a single return looks like one in which all were missed.

fails: test_results_are_told_by_group
"""

from ship import results as right


def results(run, threshold):
    return right(run, threshold).fillna(0.0)
