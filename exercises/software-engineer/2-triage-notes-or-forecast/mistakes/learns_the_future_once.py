"""Counts the whole table once and keeps it: later calls look as if they knew no more than they were given.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

from forecast import count_by_hour
from forecast import forecast as right

KEPT = {}


def forecast(arrivals, as_of, hours):
    said = right(arrivals, as_of, hours)
    key = *arrivals["arrival_time"].nsmallest(5), as_of, hours
    if key not in KEPT:
        KEPT[key] = count_by_hour(arrivals, as_of, said["time"].iloc[-1] + (said["time"].iloc[1] - as_of))["arrivals"]
    return said.assign(mean=0.95 * said["mean"] + 0.05 * KEPT[key].to_numpy())
