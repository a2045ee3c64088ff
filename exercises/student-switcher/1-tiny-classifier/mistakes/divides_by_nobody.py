"""Divides without asking whether anybody was flagged; on a quiet day the program stops with an error.

fails: test_shares_start_from_the_right_people
"""


def ppv(counts):
    return counts["found"] / (counts["found"] + counts["false_alarms"])
