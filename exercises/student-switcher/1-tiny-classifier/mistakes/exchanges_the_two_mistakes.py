"""Exchanges missed patients and false alarms: the dangerous mistake is reported as the frightening one.

fails: test_counts_start_from_cancer
"""

from classifier import confusion as right


def confusion(y, predicted):
    counts = right(y, predicted)
    return counts | {"missed": counts["false_alarms"], "false_alarms": counts["missed"]}
