"""Counts the hours that stand in the table; at three in the morning an hour without a patient is no row, and vanishes.

overrides: forecast.py
fails: test_every_hour_is_counted
"""

import pandas as pd


def count_by_hour(arrivals, start, end):
    times = arrivals.loc[(arrivals["arrival_time"] >= start) & (arrivals["arrival_time"] < end), "arrival_time"]
    counts = times.dt.floor("h").value_counts().sort_index()
    return pd.DataFrame({"time": counts.index, "arrivals": counts.to_numpy()})
