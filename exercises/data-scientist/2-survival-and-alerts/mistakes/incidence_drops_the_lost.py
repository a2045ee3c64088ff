"""Leaves out whoever was lost from view and takes plain shares of the rest, who are those with short views.

overrides: survival.py
fails: test_incidence_knows_other_ends
"""

import numpy as np
import pandas as pd


def cumulative_incidence(time, ended):
    when, events = np.unique(time[ended == 1], return_counts=True)
    return pd.DataFrame({"time": when, "incidence": np.cumsum(events) / np.sum(ended > 0)})
