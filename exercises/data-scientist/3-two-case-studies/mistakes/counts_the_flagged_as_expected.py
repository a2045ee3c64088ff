"""Takes the number above one half for the expected returns; where one in seven comes back, that expects nobody.

fails: test_calibration_is_told_for_each_group
"""

from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    out = right(y, p, group)
    flagged = (p >= 0.5).groupby(group.astype(object).where(group.notna(), "not known")).sum()
    return out.assign(expected=out["group"].map(flagged))
