"""Returns the chances sorted, so that they no longer belong to the visits they were made for.

fails: test_the_chances_rank_the_visits, test_compared_with_today
overrides: operations.py
"""

import numpy as np
from operations import chance_of_no_show as right


def chance_of_no_show(past, booked):
    return np.sort(right(past, booked))[::-1]
