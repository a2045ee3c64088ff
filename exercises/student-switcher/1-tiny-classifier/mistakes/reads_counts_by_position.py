"""Takes the four counts in the order in which they happen to stand, not by name.

fails: test_shares_start_from_the_right_people
"""


def sensitivity(counts):
    found, missed, _, _ = counts.values()
    return found / (found + missed) if found + missed else None
