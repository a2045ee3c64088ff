"""Carries the state of day 30 forward: whoever is lost counts as well for good, in the arm that lost most.

fails: test_missing_outcomes_are_bounded
"""

from trial import missing_outcomes as right


def missing_outcomes(trial):
    filled = trial.assign(event_90d=trial["event_90d"].fillna(trial["event_30d"]))
    return right(trial) | {key: right(filled)[key] for key in ("low", "high")}
