"""Averages over the whole table, with the weeks that it is to foretell.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

import pandas as pd
from forecast import count_by_hour
from scipy.stats import poisson


def forecast(arrivals, as_of, hours):
    counts = count_by_hour(arrivals, as_of - pd.Timedelta(days=364), pd.Timestamp("2025-01-01"))
    by = counts.groupby([counts["time"].dt.weekday, counts["time"].dt.hour])["arrivals"].mean()
    ahead = pd.date_range(as_of, periods=hours, freq="h")
    mean = by.loc[list(zip(ahead.weekday, ahead.hour, strict=True))].to_numpy()
    low, high = poisson.ppf(0.05, mean), poisson.ppf(0.95, mean)
    return pd.DataFrame({"time": ahead, "mean": mean, "low": low, "high": high})
