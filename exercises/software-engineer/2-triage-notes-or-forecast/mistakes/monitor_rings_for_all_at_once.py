"""Rings for every column as soon as one has changed; whoever is called does not know where to look.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""

from service import monitor as right


def monitor(reference, current):
    said = right(reference, current)
    return [{"column": column, "why": "something has changed this week"} for column in reference] if said else []
