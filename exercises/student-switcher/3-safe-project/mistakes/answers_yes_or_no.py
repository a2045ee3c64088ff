"""Asks for yes or no instead of a chance: hardly a visit gets a yes, and the rest comes by the order of rows.

fails: test_interval_holds_elsewhere, test_numbers_match, test_limits_are_of_these_data
"""

from project import score as right


def score(past, visits):
    scores = right(past, visits)
    return (scores > 0.5) + 0 * scores  # NaN stays NaN
