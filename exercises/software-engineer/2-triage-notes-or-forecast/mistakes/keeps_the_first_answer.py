"""Keeps its answer by the hour of the question, and gives it again for another hospital's table.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

from forecast import forecast as right

KEPT = {}


def forecast(arrivals, as_of, hours):
    if (as_of, hours, len(arrivals) // 4000) not in KEPT:
        KEPT[as_of, hours] = KEPT.get((as_of, hours), right(arrivals, as_of, hours))
    return KEPT[as_of, hours].copy()
