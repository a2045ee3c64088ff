"""Sorts upward and turns the list round; films with equal scores are then read last come, first served.

fails: test_the_highest_score_is_read_first
overrides: imaging.py
"""

import numpy as np


def reading_order(scores):
    return np.argsort(scores, kind="stable")[::-1].tolist()
