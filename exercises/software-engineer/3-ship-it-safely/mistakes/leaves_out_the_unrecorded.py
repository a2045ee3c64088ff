"""Leaves out stays whose group was not recorded, as a group-by does by itself: those nobody asked are lost again.

fails: test_results_are_told_by_group
"""

from ship import results as right


def results(run, threshold):
    table = right(run, threshold)
    return table[table["level"] != "not recorded"]
