"""Relies on the limits: what is possible one by one is taken for usual.

fails: test_drift_is_noticed
"""

from project import COLUMNS


def drifted(past, visits):
    return [c for c in COLUMNS if visits[c].min() < past[c].min() or visits[c].max() > past[c].max()]
