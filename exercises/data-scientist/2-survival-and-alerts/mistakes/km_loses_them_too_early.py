"""Takes those lost from view on a day out before that day's events: they were still in view when the events happened.

overrides: survival.py
fails: test_km_counts_who_is_at_risk, test_incidence_knows_other_ends
"""

import numpy as np
import pandas as pd


def km(time, event):
    when, events = np.unique(time[event], return_counts=True)
    at_risk = np.array([np.sum(time > t) for t in when]) + events
    survival = np.cumprod(1 - events / at_risk)
    return pd.DataFrame({"time": when, "at_risk": at_risk, "events": events, "survival": survival})
