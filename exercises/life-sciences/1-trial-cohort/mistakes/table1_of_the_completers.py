"""Describes the patients who stayed to the end: the table then hides who left, and the coin looks unfair or fairer
than it was.

fails: test_baseline_only
"""

from trial import table1 as right


def table1(trial):
    return right(trial.dropna(subset=["event_90d"]))
