"""Forgets that sorting goes from low to high, and reads the least suspicious films first.

fails: test_the_highest_score_is_read_first, test_compared_with_today
overrides: imaging.py
"""

import numpy as np


def reading_order(scores):
    return np.argsort(scores, kind="stable").tolist()
