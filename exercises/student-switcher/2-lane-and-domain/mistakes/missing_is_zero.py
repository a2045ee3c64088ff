"""Fills missing readings with 0, so that a watch on the bedside table has a patient without oxygen.

fails: test_a_silent_watch_is_one_notice, test_a_jolt_is_no_alarm, test_compared_with_today
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, STILL, in_a_row


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"]).fillna({"heart_rate": 0, "spo2": 0})
    flags = {
        "fast heart": ((readings["heart_rate"] > FAST) & (readings["steps"] < STILL), 4),
        "low oxygen": (readings["spo2"] < LOW, 4),
        "no data": (readings["heart_rate"].isna(), 6),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
