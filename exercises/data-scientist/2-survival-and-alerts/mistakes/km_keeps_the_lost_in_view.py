"""Keeps whoever was lost from view among those at risk to the end, as if somebody had looked and seen them well.

overrides: survival.py
fails: test_km_counts_who_is_at_risk, test_incidence_knows_other_ends
"""

import numpy as np
import pandas as pd


def km(time, event):
    when, events = np.unique(time[event], return_counts=True)
    at_risk = time.size - (np.cumsum(events) - events)
    survival = np.cumprod(1 - events / at_risk)
    return pd.DataFrame({"time": when, "at_risk": at_risk, "events": events, "survival": survival})
