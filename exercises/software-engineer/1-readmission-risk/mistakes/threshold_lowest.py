"""Takes the lowest threshold that reaches the sensitivity: it finds everybody, because it flags everybody.

fails: test_threshold_is_the_highest_that_will_do
"""


def pick_threshold(y, p, min_sensitivity):
    return float(p.min())
