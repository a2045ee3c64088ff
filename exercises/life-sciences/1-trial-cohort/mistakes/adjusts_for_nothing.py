"""Gives the plain difference again, since a randomized trial needs no adjustment: right on average, and off in the
trial at hand.

fails: test_baseline_only
"""

from trial import ate_rct as right


def adjusted(trial):
    return right(trial)
