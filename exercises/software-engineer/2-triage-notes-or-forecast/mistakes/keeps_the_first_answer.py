"""Keeps its answer by the hour of the question, and gives it again when the hospital's table has been corrected.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

from forecast import forecast as right

KEPT = {}


def forecast(arrivals, as_of, hours):
    hospital = tuple(arrivals.iloc[0])
    if (hospital, as_of, hours) not in KEPT:
        KEPT[hospital, as_of, hours] = right(arrivals, as_of, hours)
    return KEPT[hospital, as_of, hours].copy()
