"""Puts the hours on the clock of a town that changes it: in one night an hour is nobody's.

overrides: forecast.py
fails: test_forecast_knows_only_the_past
"""

import pandas as pd
from forecast import forecast as right


def forecast(arrivals, as_of, hours):
    ahead = pd.date_range(as_of, periods=hours, freq="h", tz="Europe/Berlin").tz_localize(None)
    return right(arrivals, as_of, hours).assign(time=ahead)
