"""Reports one line for everybody; that it finds hardly anybody under 65 stands nowhere.

fails: test_results_are_told_by_group
"""

from ship import results as right


def results(run, threshold):
    return right(run, threshold).head(1)
