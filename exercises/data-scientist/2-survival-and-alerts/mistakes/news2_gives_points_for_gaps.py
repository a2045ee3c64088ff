"""Compares NaN with each limit: no comparison holds, so a sign that was not taken falls into the last band and gets
its points.

overrides: alerts.py
fails: test_news2_on_every_limit
"""

import alerts as given
import numpy as np
import pandas as pd

BANDS = {
    "respiratory_rate": ([8, 11, 20, 24], [3, 1, 0, 2, 3]),
    "spo2": ([91, 93, 95], [3, 2, 1, 0]),
    "systolic_bp": ([90, 100, 110, 219], [3, 2, 1, 0, 3]),
    "pulse": ([40, 50, 90, 110, 130], [3, 1, 0, 1, 2, 3]),
    "temperature": ([35.0, 36.0, 38.0, 39.0], [3, 1, 0, 1, 2]),
}


def news2(vitals):
    score = 2 * vitals["on_oxygen"].to_numpy(dtype=int) + 3 * (vitals["consciousness"] != "A").to_numpy(dtype=int)
    for sign, (limits, points) in BANDS.items():
        value = vitals[sign].to_numpy(dtype=float)
        score += np.select([value <= limit for limit in limits], points[:-1], points[-1])
    return pd.DataFrame({"score": score, "missing": vitals[given.SIGNS].isna().sum(axis=1).to_numpy()})
