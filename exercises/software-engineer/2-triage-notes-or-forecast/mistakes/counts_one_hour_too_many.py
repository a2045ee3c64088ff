"""Counts the hour that begins at the end as well: from six to eight are then three hours, the last one hardly begun.

overrides: forecast.py
fails: test_every_hour_is_counted
"""

import pandas as pd


def count_by_hour(arrivals, start, end):
    hours = pd.date_range(start, end, freq="h")
    came = arrivals["arrival_time"].dt.floor("h").value_counts()
    return pd.DataFrame({"time": hours, "arrivals": came.reindex(hours, fill_value=0).to_numpy()})
