"""Knows one kind of missing value; the other becomes a group of its own, named nan.

fails: test_calibration_is_told_for_each_group
"""

from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    return right(y, p, group.map(lambda g: "not known" if g is None else str(g)))
