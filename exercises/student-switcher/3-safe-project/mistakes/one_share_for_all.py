"""Reports the overall share for every group, so no group can ever look forgotten.

fails: test_groups_are_counted_apart
"""

from project import by_group as right


def by_group(groups, missed, called):
    both = sum(1 for was, on in zip(missed, called, strict=True) if was == 1 and on)
    return right(groups, missed, called).assign(reached=both / sum(missed))
