"""Smooths each reading with the ones after it: neat on a drawing of last week, impossible tonight.

fails: test_alerts_know_only_the_past, test_a_jolt_is_no_alarm
overrides: telehealth.py
"""

import pandas as pd
from telehealth import LOW, in_a_row
from telehealth import find_alerts as right


def find_alerts(readings):
    alerts = right(readings)
    readings = readings.sort_values(["device_id", "time"], ignore_index=True)
    middle = readings.groupby("device_id")["spo2"].rolling(7, center=True, min_periods=1).median()
    smooth = middle.reset_index(level=0, drop=True).where(readings["spo2"].notna())
    low = readings.loc[in_a_row(readings, smooth < LOW) == 1, ["device_id", "time"]].assign(kind="low oxygen")
    return pd.concat([alerts[alerts["kind"] != "low oxygen"], low], ignore_index=True)
