"""Lets all of the lost have an event, then none: both arms move together, and the extremes are never reached.

fails: test_missing_outcomes_are_bounded
"""

from trial import missing_outcomes as right


def missing_outcomes(trial):
    gaps = []
    for fate in (0, 1):
        risk = trial["event_90d"].fillna(fate).groupby(trial["arm"]).mean()
        gaps.append(risk["drug"] - risk["control"])
    return right(trial) | {"low": min(gaps), "high": max(gaps)}
