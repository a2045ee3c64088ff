"""Boosted trees on hour and weekday; the range by the square root, whose spread is the same at noon and at night."""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor


def count_by_hour(arrivals, start, end):
    hours = int((end - start) / pd.Timedelta(hours=1))
    number = ((arrivals["arrival_time"] - start) // pd.Timedelta(hours=1)).to_numpy()
    came = np.bincount(number[(number >= 0) & (number < hours)], minlength=hours)
    return pd.DataFrame({"time": [start + pd.Timedelta(hours=hour) for hour in range(hours)], "arrivals": came})


def forecast(arrivals, as_of, hours):
    now = pd.Timestamp(as_of)
    past = count_by_hour(arrivals, now - pd.Timedelta(weeks=40), now)
    table = pd.DataFrame(
        {"hour": past["time"].dt.hour, "free": past["time"].dt.weekday >= 5, "day": past["time"].dt.day_name()}
    )
    table["day"] = table["day"].astype("category")
    model = HistGradientBoostingRegressor(
        loss="poisson",
        max_iter=120,
        learning_rate=0.1,
        max_leaf_nodes=12,
        min_samples_leaf=60,
        categorical_features=["day"],
    )
    weeks_ago = (len(past) - 1 - np.arange(len(past))) // 168
    level = past["arrivals"].groupby(weeks_ago).transform("mean")
    model.fit(table, past["arrivals"] / level, sample_weight=level)
    times = pd.date_range(now, periods=hours, freq="h")
    ahead = pd.DataFrame({"hour": times.hour, "free": times.weekday >= 5, "day": times.day_name()})
    ahead["day"] = pd.Categorical(ahead["day"], categories=table["day"].cat.categories)
    mean = model.predict(ahead) * past["arrivals"].tail(5 * 168).mean()
    root = np.sqrt(mean + 0.25)
    low = np.clip(root - 0.8225, 0, None) ** 2 - 0.25
    high = (root + 0.8225) ** 2 - 0.25
    return pd.DataFrame({"time": times, "mean": mean, "low": np.ceil(low.clip(0) - 0.5), "high": np.floor(high + 0.5)})
