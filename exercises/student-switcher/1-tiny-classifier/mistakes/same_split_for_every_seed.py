"""Writes a number where the seed belongs: every repetition tests on the same patients and looks like proof.

fails: test_patients_are_dealt_once
"""

from sklearn.model_selection import train_test_split


def split(X, y, seed):
    return train_test_split(X, y, test_size=0.3, random_state=1, stratify=y)
