"""Counts observed and expected for the other group: the test is the same, and the program looks harmful instead of
useful.

overrides: survival.py
fails: test_logrank_compares_at_each_time
"""

from survival import logrank as right


def logrank(time, event, group):
    return right(time, event, ~group)
