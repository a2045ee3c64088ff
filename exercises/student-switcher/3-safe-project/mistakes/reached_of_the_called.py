"""Divides by those who were called: that is PPV, and says nothing about the people whom nobody called.

fails: test_groups_are_counted_apart
"""

from project import by_group as right


def by_group(groups, missed, called):
    table = right(groups, missed, called)
    return table.assign(reached=table["reached"] * table["missed"] / table["called"])
