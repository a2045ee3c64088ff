"""Flags everybody to miss nobody: then the program spares no one, and tells no one anything.

fails: test_finds_enough_and_spares_enough, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

import numpy as np


def predict(X_train, y_train, X_new):
    return np.zeros(len(X_new), dtype=int)
