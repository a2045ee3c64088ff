"""Deals without regard to who is ill: by chance some tests hold too few of the ill to count misses on.

fails: test_patients_are_dealt_once, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from sklearn.model_selection import train_test_split


def split(X, y, seed):
    return train_test_split(X, y, test_size=0.3, random_state=seed)
