"""Takes 1 for the illness, as in most data; here 1 is benign, so it counts how well the healthy are found.

fails: test_counts_start_from_cancer
"""


def confusion(y, predicted):
    ill, flagged = y == 1, predicted == 1
    return {
        "found": int((ill & flagged).sum()),
        "missed": int((ill & ~flagged).sum()),
        "false_alarms": int((~ill & flagged).sum()),
        "left_in_peace": int((~ill & ~flagged).sum()),
    }
