"""Takes the wrong column of predict_proba: the chance of coming.

fails: test_the_chances_rank_the_visits, test_the_chances_add_up, test_compared_with_today
overrides: operations.py
"""

from operations import chance_of_no_show as right


def chance_of_no_show(past, booked):
    return 1 - right(past, booked)
