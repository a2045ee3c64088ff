"""Counts patients up to and including as_of: who comes at that minute has not been registered yet.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

import pandas as pd
from forecast import forecast as right


def forecast(arrivals, as_of, hours):
    table = right(arrivals, as_of, hours)
    times = arrivals["arrival_time"]
    recent = int(times.between(as_of - pd.Timedelta(days=28), as_of, inclusive="right").sum())
    known = int(times.between(as_of - pd.Timedelta(days=28), as_of, inclusive="left").sum())
    return table.assign(mean=table["mean"] * recent / known)
