"""Lets a watch ring once a day for each kind; the second spell of the same evening is heard by nobody.

fails: test_true_events_are_heard
overrides: telehealth.py
"""

from telehealth import find_alerts as right


def find_alerts(readings):
    alerts = right(readings).sort_values("time")
    day = alerts["time"].dt.date
    again = alerts.assign(day=day).duplicated(["device_id", "day", "kind"]) & (alerts["kind"] != "no data")
    return alerts[~again]
