"""Writes a row for each patient with an event: the curve ends right, but on a day with two events it shows two answers.

overrides: survival.py
fails: test_km_counts_who_is_at_risk, test_incidence_knows_other_ends
"""

import numpy as np
import pandas as pd


def km(time, event):
    order = np.lexsort((~event, time))
    time, event = time[order], event[order]
    at_risk = np.arange(time.size, 0, -1)
    curve = pd.DataFrame({"time": time, "at_risk": at_risk, "events": event.astype(int)})[event]
    return curve.assign(survival=(1 - curve["events"] / curve["at_risk"]).cumprod())
