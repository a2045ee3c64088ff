"""Names missing values in the one column where it has seen some; elsewhere those people are in no row.

fails: test_results_are_told_by_group
"""

from ship import results as right


def results(run, threshold):
    said = right(run, threshold)
    return said[(said["level"] != "not recorded") | (said["variable"] == "group")]
