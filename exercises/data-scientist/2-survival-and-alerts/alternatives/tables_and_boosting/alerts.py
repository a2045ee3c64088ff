"""NEWS2 by pandas.cut; rings at seven points, or at five after a rise, and keeps quiet by group."""

import numpy as np
import pandas as pd

SIGNS = ["respiratory_rate", "spo2", "systolic_bp", "pulse", "temperature"]
BANDS = {
    "respiratory_rate": ([8, 11, 20, 24], [3, 1, 0, 2, 3]),
    "spo2": ([91, 93, 95], [3, 2, 1, 0]),
    "systolic_bp": ([90, 100, 110, 219], [3, 2, 1, 0, 3]),
    "pulse": ([40, 50, 90, 110, 130], [3, 1, 0, 1, 2, 3]),
    "temperature": ([35, 36, 38, 39], [3, 1, 0, 1, 2]),
}


def news2(vitals):
    points = pd.DataFrame({"oxygen": vitals["on_oxygen"] * 2, "mind": vitals["consciousness"].ne("A") * 3})
    for sign, (limits, each) in BANDS.items():
        band = pd.cut(vitals[sign], [-np.inf, *limits, np.inf], labels=False)
        points[sign] = band.map(dict(enumerate(each)))
    return pd.DataFrame({"score": points.sum(axis=1), "missing": vitals[SIGNS].isna().sum(axis=1)})


def alerts(vitals):
    rows = vitals.sort_values("time")
    rows[SIGNS] = rows.groupby("encounter_id")[SIGNS].ffill(limit=3)
    rows["score"] = news2(rows)["score"]
    before = rows.groupby("encounter_id")["score"].shift(fill_value=0)
    high = rows[(rows["score"] >= 7) | ((rows["score"] >= 5) & (rows["score"] > before))]
    rung = []
    for stay, times in high.groupby("encounter_id")["time"]:
        quiet_until = pd.Timestamp.min
        for moment in times:
            if moment >= quiet_until:
                rung.append((stay, moment))
                quiet_until = moment + pd.Timedelta(hours=12)
    return pd.DataFrame(rung, columns=["encounter_id", "time"])
