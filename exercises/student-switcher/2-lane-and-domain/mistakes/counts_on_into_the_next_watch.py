"""Counts readings in a row without a look at whose they are: one watch ends low, and the next rings when it is put on.

fails: test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import pandas as pd
from telehealth import FAST, LOW, STILL


def find_alerts(readings):
    readings = readings.sort_values(["device_id", "time"])
    flags = {
        "fast heart": (readings["heart_rate"] > FAST) & (readings["steps"] < STILL),
        "low oxygen": readings["spo2"] < LOW,
    }
    off = readings["heart_rate"].isna().groupby(readings["device_id"])
    gap = off.rolling(6).sum().reset_index(level=0, drop=True) == 6
    first = gap & ~gap.groupby(readings["device_id"]).shift(fill_value=False)
    found = [readings.loc[first, ["device_id", "time"]].assign(kind="no data")]
    for kind, flag in flags.items():
        lasting = flag.rolling(4).sum() == 4
        found.append(readings.loc[lasting & ~lasting.shift(fill_value=False), ["device_id", "time"]].assign(kind=kind))
    return pd.concat(found, ignore_index=True)
