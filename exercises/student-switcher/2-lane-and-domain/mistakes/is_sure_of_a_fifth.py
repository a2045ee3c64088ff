"""Gives the riskiest fifth a chance of 1 and all others 0: the sum is right, and no single number is.

fails: test_the_chances_add_up
overrides: operations.py
"""

import numpy as np
from operations import chance_of_no_show as right


def chance_of_no_show(past, booked):
    usual = np.asarray(right(past, past))
    return (np.asarray(right(past, booked)) > np.quantile(usual, 1 - usual.mean())).astype(float)
