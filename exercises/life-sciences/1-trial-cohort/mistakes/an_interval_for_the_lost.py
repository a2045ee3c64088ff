"""Gives a 95 % interval of the patients who stayed: it knows of chance, and the lost are not lost by chance.

fails: test_missing_outcomes_are_bounded
"""

from trial import ate_rct
from trial import missing_outcomes as right


def missing_outcomes(trial):
    seen = trial.dropna(subset=["event_90d"])
    effect = ate_rct(seen.assign(event_30d=seen["event_90d"]))
    return right(trial) | {"low": effect["lo"], "high": effect["hi"]}
