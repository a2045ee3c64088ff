"""Gives the alert the time at which the event began, as if somebody had known then that it would last.

fails: test_alerts_know_only_the_past
overrides: telehealth.py
"""

import pandas as pd
from telehealth import find_alerts as right


def find_alerts(readings):
    alerts = right(readings)
    begin = alerts["time"] - pd.Timedelta(minutes=15)
    return alerts.assign(time=alerts["time"].where(alerts["kind"] == "no data", begin))
