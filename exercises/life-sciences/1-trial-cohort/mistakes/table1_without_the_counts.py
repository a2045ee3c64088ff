"""Gives the means of both arms and not how many patients they are of: nobody can see whether somebody is missing.

fails: test_baseline_only
"""

from trial import table1 as right


def table1(trial):
    return right(trial).iloc[1:]
