"""Gives the rank of each film where the list of films to read is asked for; the two look alike.

fails: test_the_highest_score_is_read_first, test_compared_with_today
overrides: imaging.py
"""

import numpy as np


def reading_order(scores):
    order = np.argsort(-np.asarray(scores), kind="stable")
    return np.argsort(order).tolist()
