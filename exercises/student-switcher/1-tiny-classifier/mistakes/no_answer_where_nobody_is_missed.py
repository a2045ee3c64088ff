"""Asks whether anybody was missed instead of whether anybody is ill: the best result of all has no answer.

fails: test_shares_start_from_the_right_people
"""


def sensitivity(counts):
    return counts["found"] / (counts["found"] + counts["missed"]) if counts["missed"] else None
