"""Reads scikit-learn's table without telling it both codes: on a day with one kind of lump it has one cell.

fails: test_counts_start_from_cancer
"""

from sklearn.metrics import confusion_matrix


def confusion(y, predicted):
    table = confusion_matrix(y, predicted)
    names = ("found", "missed", "false_alarms", "left_in_peace")
    return dict(zip(names, table.ravel().tolist(), strict=True))
