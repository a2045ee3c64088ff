"""Reports the coefficient of a logistic regression as a difference in risk: the logarithm of an odds ratio counts no
patients.

fails: test_interval_holds_the_truth
"""

import numpy as np


def ate_rct(trial):
    drug = trial["arm"] == "drug"
    a, b = trial.loc[drug, "event_30d"].sum(), trial.loc[~drug, "event_30d"].sum()
    c, d = drug.sum() - a, (~drug).sum() - b
    est, error = np.log(a * d / (b * c)), np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}
