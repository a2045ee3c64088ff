"""A watch that decides at each reading, with what it remembers: no table of flags."""

import pandas as pd


def find_alerts(readings):
    found, remembered = [], {}
    for row in readings.sort_values("time").itertuples():
        counts = remembered.setdefault(row.device_id, {"fast heart": 0, "low oxygen": 0, "no data": 0})
        now = {
            "fast heart": row.heart_rate > 100 and row.steps < 20,
            "low oxygen": row.spo2 < 92,
            "no data": row.heart_rate != row.heart_rate,
        }
        for kind, flagged in now.items():
            counts[kind] = counts[kind] + 1 if flagged else 0
            if counts[kind] == (6 if kind == "no data" else 5):
                found.append((row.device_id, row.time, kind))
    return pd.DataFrame(found, columns=["device_id", "time", "kind"])
