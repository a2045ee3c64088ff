"""Fills a gap with the last reading before it: a strap that was opened becomes half an hour of too little oxygen.

fails: test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, STILL, in_a_row


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"])
    off = readings["heart_rate"].isna()
    filled = readings.groupby("device_id")[["heart_rate", "spo2"]].ffill(limit=5)
    flags = {
        "fast heart": ((filled["heart_rate"] > FAST) & (readings["steps"] < STILL), 4),
        "low oxygen": (filled["spo2"] < LOW, 4),
        "no data": (off, 6),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
