"""Takes a single reading beyond the limit for an event; most single readings are a slipping strap.

fails: test_alerts_are_few, test_a_jolt_is_no_alarm, test_compared_with_today
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, STILL, in_a_row


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"])
    flags = {
        "fast heart": ((readings["heart_rate"] > FAST) & (readings["steps"] < STILL), 1),
        "low oxygen": (readings["spo2"] < LOW, 1),
        "no data": (readings["heart_rate"].isna(), 6),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
