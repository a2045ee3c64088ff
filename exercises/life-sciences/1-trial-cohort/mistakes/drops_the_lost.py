"""Leaves the lost out and says nothing: the answer holds only if they fared like those who stayed.

fails: test_missing_outcomes_are_bounded
"""

from trial import missing_outcomes as right


def missing_outcomes(trial):
    seen = trial.dropna(subset=["event_90d"])
    risk = seen.groupby("arm")["event_90d"].mean()
    gap = risk["drug"] - risk["control"]
    return right(trial) | {"low": gap, "high": gap}
