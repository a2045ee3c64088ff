"""Rounds min_sensitivity x n up to a count; .55 * 100 is a little more than 55 in Python, so it asks for 56 of 100.

fails: test_threshold_is_the_highest_that_will_do
"""

import numpy as np


def pick_threshold(y, p, min_sensitivity):
    readmitted = np.sort(p[y == 1])[::-1]
    return float(readmitted[int(np.ceil(min_sensitivity * readmitted.size)) - 1])
