"""Compares those who took the drug with those who did not: the fit take it, so it looks better than it is.

fails: test_compared_as_assigned
"""

from trial import ate_rct as right


def ate_rct(trial):
    return right(trial.assign(arm=trial["took_drug"].map({True: "drug", False: "control"})))
