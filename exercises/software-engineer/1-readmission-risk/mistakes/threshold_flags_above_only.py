"""Counts a stay as flagged only when its score is above the threshold, so the line sits one score too low.

fails: test_threshold_is_the_highest_that_will_do
"""

import numpy as np


def pick_threshold(y, p, min_sensitivity):
    enough = [t for t in np.append(np.unique(p), -1.0) if np.mean(p[y == 1] > t) >= min_sensitivity]
    return float(max(enough))
