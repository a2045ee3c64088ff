"""Keeps the test patients in the training group too: the program is asked what it has been told.

fails: test_patients_are_dealt_once, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from sklearn.model_selection import train_test_split


def split(X, y, seed):
    _, X_test, _, y_test = train_test_split(X, y, test_size=0.3, random_state=seed, stratify=y)
    return X, X_test, y, y_test
