"""Fast means fast for this person: 30 beats above the middle of what the watch has shown so far."""

import pandas as pd


def find_alerts(readings):
    table = readings.sort_values(["device_id", "time"], ignore_index=True)
    by_watch = table.groupby("device_id")
    usual = by_watch["heart_rate"].expanding(min_periods=12).median().reset_index(level=0, drop=True).sort_index()
    limit = (usual + 30).fillna(100).clip(90, 105)
    table["fast heart"] = (table["heart_rate"] > limit) & (table["steps"] == 0)
    table["low oxygen"] = table["spo2"] < 92
    table["no data"] = table["spo2"].isna()
    parts = []
    for kind, n in (("fast heart", 3), ("low oxygen", 3), ("no data", 6)):
        lasting = by_watch.cumcount() >= n - 1
        for back in range(n):
            lasting &= table.groupby("device_id")[kind].shift(back, fill_value=False)
        before = lasting.groupby(table["device_id"]).shift(fill_value=False)
        parts.append(table.loc[lasting & ~before, ["device_id", "time"]].assign(kind=kind))
    return pd.concat(parts)
