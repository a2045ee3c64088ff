"""Poisson regression on hour and weekday, weighted towards the last weeks; the range by simulation."""

import numpy as np
import pandas as pd
from sklearn.linear_model import PoissonRegressor


def count_by_hour(arrivals, start, end):
    edges = pd.date_range(start, end, freq="h")
    counts, _ = np.histogram(arrivals["arrival_time"].astype("int64"), bins=edges.as_unit("us").astype("int64"))
    counts[-1] -= int((arrivals["arrival_time"] == end).sum())  # NumPy's last bin has both edges
    return pd.DataFrame({"time": edges[:-1], "arrivals": counts})


def forecast(arrivals, as_of, hours):
    known = arrivals.query("arrival_time < @as_of")
    past = count_by_hour(known, as_of - pd.Timedelta(weeks=52), as_of)
    ahead = pd.date_range(as_of, periods=hours, freq="h")
    X, X_ahead = _columns(past["time"].dt), _columns(ahead)
    weight = 0.5 ** ((as_of - past["time"]) / pd.Timedelta(weeks=26))
    mean = PoissonRegressor(alpha=1e-5, max_iter=500).fit(X, past["arrivals"], weight).predict(X_ahead)
    recent = past.tail(28 * 24)
    mean *= (
        recent["arrivals"].sum()
        / PoissonRegressor(alpha=1e-5, max_iter=500).fit(X, past["arrivals"], weight).predict(X[-28 * 24 :]).sum()
    )
    drawn = np.random.default_rng(0).poisson(mean, (4000, hours))
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0, method="nearest")
    return pd.DataFrame({"high": high, "low": low, "mean": mean, "time": ahead})


def _columns(times):
    hour, day = np.asarray(times.hour), np.asarray(times.weekday)
    return np.column_stack([np.eye(24)[hour], np.eye(7)[day]])
