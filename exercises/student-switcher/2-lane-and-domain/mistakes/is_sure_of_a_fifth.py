"""Gives the riskiest fifth a chance of 1 and all others 0: the sum is right, and no single number is.

fails: test_the_chances_add_up
overrides: operations.py
"""

import numpy as np
from operations import chance_of_no_show as right


def chance_of_no_show(past, booked):
    p = np.asarray(right(past, booked))
    sure = np.zeros(len(p))
    sure[np.argsort(p, kind="stable")[-int(p.sum()) :]] = 1
    return sure
