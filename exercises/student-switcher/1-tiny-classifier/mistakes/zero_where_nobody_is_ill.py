"""Gives a sensitivity of 0 where nobody is ill, as if everybody had been missed.

fails: test_shares_start_from_the_right_people
"""


def sensitivity(counts):
    ill = counts["found"] + counts["missed"]
    return counts["found"] / ill if ill else 0.0
