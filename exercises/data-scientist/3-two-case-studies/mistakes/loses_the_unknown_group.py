"""Groups with groupby, which drops rows without a group: those patients stand in no row, and nobody misses them.

fails: test_calibration_is_told_for_each_group
"""

from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    known = group.notna()
    return right(y[known], p[known], group[known])
