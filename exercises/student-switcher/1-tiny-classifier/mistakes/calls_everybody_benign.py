"""Gives the most frequent answer to everybody: right for most, and every cancer is missed.

fails: test_finds_enough_and_spares_enough, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

import numpy as np


def predict(X_train, y_train, X_new):
    return np.full(len(X_new), np.bincount(y_train).argmax())
