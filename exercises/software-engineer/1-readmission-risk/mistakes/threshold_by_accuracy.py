"""Chooses the threshold with the best accuracy; where few come back, that is to flag nobody.

fails: test_threshold_is_the_highest_that_will_do
"""

import numpy as np


def pick_threshold(y, p, min_sensitivity):
    candidates = np.append(np.unique(p), 1.0)
    accuracy = [np.mean((p >= t) == (y == 1)) for t in candidates]
    return float(candidates[int(np.argmax(accuracy))])
