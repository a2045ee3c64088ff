"""Gives every group the ratio of all patients together: right on average, and silent about whom it fails.

fails: test_calibration_is_told_for_each_group
"""

from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    out = right(y, p, group)
    return out.assign(o_e=out["observed"].sum() / out["expected"].sum())
