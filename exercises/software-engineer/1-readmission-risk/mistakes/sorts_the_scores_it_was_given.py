"""Sorts the scores it was given in place: after it, the scores belong to other stays.

fails: test_threshold_is_the_highest_that_will_do
"""

from readmission import pick_threshold as right


def pick_threshold(y, p, min_sensitivity):
    threshold = right(y, p, min_sensitivity)
    p.sort()
    return threshold
