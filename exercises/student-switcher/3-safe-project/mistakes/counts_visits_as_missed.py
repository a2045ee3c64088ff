"""Gives as the group's size the visits that were called, not all of them.

fails: test_groups_are_counted_apart
"""

from project import by_group as right


def by_group(groups, missed, called):
    table = right(groups, missed, called)
    return table.assign(visits=table["called"])
