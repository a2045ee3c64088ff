"""Drops rows with missing values first, and with them the news that a third of the values no longer arrives.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""

from service import monitor as right


def monitor(reference, current):
    return right(reference, current.dropna())
