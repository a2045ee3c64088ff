"""Watches only what comes out; the changed creatinine goes in unseen.

overrides: service.py
fails: test_monitor_rings_for_a_reason
"""

from service import monitor as right


def monitor(reference, current):
    return [alarm for alarm in right(reference, current) if alarm["column"] == "score"]
