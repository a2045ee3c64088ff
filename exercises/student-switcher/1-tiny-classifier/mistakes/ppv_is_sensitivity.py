"""Divides by the ill where the flagged belong, and the other way round: PPV and sensitivity are exchanged.

fails: test_shares_start_from_the_right_people
"""

from classifier import ppv as flagged_share
from classifier import sensitivity as ill_share


def sensitivity(counts):
    return flagged_share(counts)


def ppv(counts):
    return ill_share(counts)
