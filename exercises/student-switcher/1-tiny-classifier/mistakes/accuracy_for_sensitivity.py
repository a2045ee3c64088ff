"""Gives accuracy as sensitivity: where most are healthy, being right about them hides every missed cancer.

fails: test_shares_start_from_the_right_people
"""


def sensitivity(counts):
    everybody = sum(counts.values())
    return (counts["found"] + counts["left_in_peace"]) / everybody if everybody else None
