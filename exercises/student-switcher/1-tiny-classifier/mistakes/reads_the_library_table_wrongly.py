"""Reads scikit-learn's table in the order of a textbook; it lists class 0 first, so the cells are others.

fails: test_counts_start_from_cancer
"""

from sklearn.metrics import confusion_matrix


def confusion(y, predicted):
    peace, alarms, missed, found = confusion_matrix(y, predicted, labels=[0, 1]).ravel().tolist()
    return {"found": found, "missed": missed, "false_alarms": alarms, "left_in_peace": peace}
