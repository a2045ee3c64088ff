"""Keeps a list of the levels it has seen; a new ward or group is in no table.

fails: test_results_are_told_by_group
"""

from ship import results as right

KNOWN = [
    "all",
    "A",
    "B",
    "C",
    "not recorded",
    "female",
    "male",
    "18-64",
    "65-84",
    "85 and over",
    "HOME-MAIN",
    "HOME-EAST",
]


def results(run, threshold):
    said = right(run, threshold)
    return said[said["level"].isin(KNOWN)]
