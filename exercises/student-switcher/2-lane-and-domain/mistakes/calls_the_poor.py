"""Ranks by deprivation alone: the poorest are called, whether they come or not.

fails: test_the_chances_rank_the_visits, test_compared_with_today
overrides: operations.py
"""


def chance_of_no_show(past, booked):
    missed = (past["status"] == "no-show").groupby(past["deprivation"]).mean()
    return booked["deprivation"].map(missed).to_numpy()
