"""Reports a watch as silent at its first missing reading, so every shower is a notice.

fails: test_a_silent_watch_is_one_notice, test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, STILL, in_a_row


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"])
    flags = {
        "fast heart": ((readings["heart_rate"] > FAST) & (readings["steps"] < STILL), 4),
        "low oxygen": (readings["spo2"] < LOW, 4),
        "no data": (readings["heart_rate"].isna(), 1),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
