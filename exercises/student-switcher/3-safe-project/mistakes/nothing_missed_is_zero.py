"""Writes 0 where a group missed nothing, as if everybody in it had been overlooked.

fails: test_groups_are_counted_apart
"""

from project import by_group as right


def by_group(groups, missed, called):
    table = right(groups, missed, called)
    return table.assign(reached=table["reached"].fillna(0))
