"""Gives everybody the average chance: right on average, and useless for choosing whom to call.

fails: test_the_chances_rank_the_visits, test_compared_with_today
overrides: operations.py
"""

import numpy as np


def chance_of_no_show(past, booked):
    return np.full(len(booked), (past["status"] == "no-show").mean())
