"""Takes the case that is best for the patients for the largest difference, though fewer events are a smaller number.

fails: test_missing_outcomes_are_bounded
"""

from trial import missing_outcomes as right


def missing_outcomes(trial):
    found = right(trial)
    return found | {"low": found["high"], "high": found["low"]}
