"""Divides expected by observed: a score that promises twice too much then looks as if it promised too little.

fails: test_calibration_is_told_for_each_group
"""

from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    out = right(y, p, group)
    return out.assign(o_e=out["expected"] / out["observed"].clip(lower=1))
