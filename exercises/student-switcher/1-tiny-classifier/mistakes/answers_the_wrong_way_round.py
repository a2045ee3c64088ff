"""Answers 1 for malignant, in a code of its own: who reads the data's code hears the opposite.

fails: test_finds_enough_and_spares_enough, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from classifier import predict as right


def predict(X_train, y_train, X_new):
    return 1 - right(X_train, y_train, X_new)
