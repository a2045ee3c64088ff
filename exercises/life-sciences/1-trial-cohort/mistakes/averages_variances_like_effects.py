"""Averages the variances of the strata by their shares, as it does their effects, and forgets to square the shares: the
interval is far too wide, and a drug that helps looks unproven.

fails: test_baseline_only
"""

import numpy as np
import pandas as pd


def adjusted(trial):
    est = variance = 0.0
    for _, part in trial.groupby(pd.qcut(trial["severity"], 3, labels=False)):
        share, drug = len(part) / len(trial), part["arm"] == "drug"
        one, other = part.loc[drug, "event_30d"], part.loc[~drug, "event_30d"]
        est += share * (one.mean() - other.mean())
        variance += share * (one.var() / len(one) + other.var() / len(other))
    error = np.sqrt(variance)
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}
