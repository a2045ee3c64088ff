"""Leaves small groups out because their shares are unsure, so nobody learns that they exist.

fails: test_groups_are_counted_apart
"""

from project import by_group as right


def by_group(groups, missed, called):
    table = right(groups, missed, called)
    return table[table["visits"] >= 30].reset_index(drop=True)
