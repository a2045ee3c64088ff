"""Gives every group the same interval, that of all patients: the small group looks as well known as the large one.

fails: test_calibration_is_told_for_each_group
"""

import numpy as np
from cases import calibration_by_group as right


def calibration_by_group(y, p, group):
    out = right(y, p, group)
    error = np.sqrt((1 - y.mean()) / y.sum())
    return out.assign(low=out["o_e"] * np.exp(-1.96 * error), high=out["o_e"] * np.exp(1.96 * error))
