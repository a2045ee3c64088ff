"""Flags from a probability of .5, as libraries do by default; where one in seven comes back, that flags almost nobody.

fails: test_threshold_is_the_highest_that_will_do
"""


def pick_threshold(y, p, min_sensitivity):
    return 0.5
