"""Learns from a single measurement that says little; most cancers look like benign lumps in it.

fails: test_finds_enough_and_spares_enough, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from classifier import predict as right


def predict(X_train, y_train, X_new):
    return right(X_train[["mean smoothness"]], y_train, X_new[["mean smoothness"]])
