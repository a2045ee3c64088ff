"""Shuffles X and leaves y as it was, so patients get each other's diagnoses.

fails: test_patients_are_dealt_once, test_note_says_who_is_harmed, test_accuracy_is_set_beside_doing_nothing
"""

from sklearn.model_selection import train_test_split


def split(X, y, seed):
    mixed = X.sample(frac=1, random_state=seed)
    return train_test_split(mixed, y, test_size=0.3, random_state=seed, stratify=y)
