"""Compares like with like by who took the drug: within those strata nobody was assigned by a coin any more.

fails: test_baseline_only
"""

import numpy as np
from trial import BASELINE, numbers


def adjusted(trial):
    y = trial["event_30d"].to_numpy(dtype=float)
    x = numbers(trial, BASELINE).assign(took=trial["took_drug"] * 1.0, one=1.0).to_numpy()
    x = np.column_stack([trial["arm"] == "drug", x])
    inverse = np.linalg.pinv(x.T @ x)
    found = inverse @ x.T @ y
    error = np.sqrt(np.sum((y - x @ found) ** 2) / (len(y) - x.shape[1]) * inverse[0, 0])
    return {"est": found[0], "lo": found[0] - 1.96 * error, "hi": found[0] + 1.96 * error}
