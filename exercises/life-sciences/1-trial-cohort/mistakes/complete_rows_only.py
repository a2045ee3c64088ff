"""Begins with dropna(): whoever was lost by day 90 vanishes from day 30 too, where their outcome is known.

fails: test_compared_as_assigned
"""

from trial import ate_rct as right


def ate_rct(trial):
    return right(trial.dropna())
