"""Calls the sensitivity 0 where no film has a lesion; nothing was missed there.

overrides: image_triage.py
fails: test_shares_are_counted
"""

from image_triage import evaluate as right


def evaluate(lesion, flagged):
    return {key: 0.0 if value is None else value for key, value in right(lesion, flagged).items()}
