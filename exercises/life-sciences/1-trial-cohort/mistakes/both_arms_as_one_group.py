"""Divides by all patients of the trial, as if one share had been measured in one large group.

fails: test_interval_holds_the_truth
"""

import numpy as np


def ate_rct(trial):
    event = trial["event_30d"]
    est = event[trial["arm"] == "drug"].mean() - event[trial["arm"] == "control"].mean()
    error = np.sqrt(event.mean() * (1 - event.mean()) / len(event))
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}
