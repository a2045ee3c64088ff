"""Expects the average of all hours at every hour: right on average, and wrong at noon and at night.

overrides: forecast.py
fails: test_forecast_beats_the_naive_guess, test_range_is_honest
"""

import pandas as pd
from scipy.stats import poisson


def forecast(arrivals, as_of, hours):
    past = arrivals["arrival_time"][arrivals["arrival_time"] < as_of]
    mean = len(past) / ((as_of - past.min()) / pd.Timedelta(hours=1))
    ahead = pd.date_range(as_of, periods=hours, freq="h")
    low, high = poisson.ppf(0.05, mean), poisson.ppf(0.95, mean)
    return pd.DataFrame({"time": ahead, "mean": mean, "low": low, "high": high})
