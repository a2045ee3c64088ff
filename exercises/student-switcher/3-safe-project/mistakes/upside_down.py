"""Takes the wrong column of predict_proba, so the list holds those who would come anyway.

fails: test_interval_holds_elsewhere, test_numbers_match, test_limits_are_of_these_data
"""

from project import score as right


def score(past, visits):
    return 1 - right(past, visits)
