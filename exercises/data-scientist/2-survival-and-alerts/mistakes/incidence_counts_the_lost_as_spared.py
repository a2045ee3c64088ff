"""Divides the events by all patients: whoever was lost from view counts as if the event never came.

overrides: survival.py
fails: test_incidence_knows_other_ends
"""

import numpy as np
import pandas as pd


def cumulative_incidence(time, ended):
    when, events = np.unique(time[ended == 1], return_counts=True)
    return pd.DataFrame({"time": when, "incidence": np.cumsum(events) / time.size})
