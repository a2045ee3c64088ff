"""Fits the line with a 1 for the controls and reads it as if the 1 were for the drug: the drug now seems to harm.

fails: test_baseline_only
"""

import numpy as np
from trial import BASELINE, numbers


def adjusted(trial):
    y = trial["event_30d"].to_numpy(dtype=float)
    x = np.column_stack([np.ones(len(y)), trial["arm"] == "control", numbers(trial, BASELINE)])
    found = np.linalg.lstsq(x, y, rcond=None)[0]
    error = np.sqrt(np.sum((y - x @ found) ** 2) / (len(y) - x.shape[1]) * np.linalg.inv(x.T @ x)[1, 1])
    return {"est": found[1], "lo": found[1] - 1.96 * error, "hi": found[1] + 1.96 * error}
