"""Draws the names by lot: the program looks at nothing, and the list is as good as none.

fails: test_interval_holds_elsewhere, test_new_patients_are_called, test_numbers_match, test_limits_are_of_these_data
"""

import numpy as np
from project import problems


def score(past, visits):
    numbers = np.random.default_rng(len(visits)).random(len(visits))
    numbers[[text != "" for text in problems(visits)]] = np.nan
    return numbers
