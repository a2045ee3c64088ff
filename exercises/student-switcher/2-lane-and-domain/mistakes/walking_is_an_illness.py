"""Does not look at the steps: whoever walks up a hill for half an hour is reported as ill.

fails: test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, in_a_row


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"])
    flags = {
        "fast heart": (readings["heart_rate"] > FAST, 6),
        "low oxygen": (readings["spo2"] < LOW, 4),
        "no data": (readings["heart_rate"].isna(), 6),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
