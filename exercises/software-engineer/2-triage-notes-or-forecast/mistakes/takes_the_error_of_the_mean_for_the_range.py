"""Gives how sure the mean is, half a patient each way, instead of where the next hour will lie.

overrides: forecast.py
fails: test_range_is_honest
"""

from forecast import forecast as right


def forecast(arrivals, as_of, hours):
    table = right(arrivals, as_of, hours)
    return table.assign(low=table["mean"] - 0.5, high=table["mean"] + 0.5)
