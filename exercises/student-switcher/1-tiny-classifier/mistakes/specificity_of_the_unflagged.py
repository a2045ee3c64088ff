"""Starts specificity from those who were not flagged, so a missed patient counts as a healthy one.

fails: test_shares_start_from_the_right_people
"""


def specificity(counts):
    unflagged = counts["left_in_peace"] + counts["missed"]
    return counts["left_in_peace"] / unflagged if unflagged else None
