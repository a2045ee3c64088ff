"""Leaves out the patients who did not do as the protocol said: those who stay are no longer made by the coin.

fails: test_compared_as_assigned
"""

from trial import ate_rct as right


def ate_rct(trial):
    return right(trial[trial["took_drug"] == (trial["arm"] == "drug")])
