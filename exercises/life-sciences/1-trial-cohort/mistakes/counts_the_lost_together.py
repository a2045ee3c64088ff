"""States how many were lost in all, and not in which arm: nobody can see that the drug arm lost twice as many.

fails: test_missing_outcomes_are_bounded
"""

from trial import missing_outcomes as right


def missing_outcomes(trial):
    lost = int(trial["event_90d"].isna().sum())
    return right(trial) | {"missing_drug": lost, "missing_control": lost}
