"""Subtracts the variances along with the shares: where the controls waver more, the rest is below 0 and has no root;
where they waver less, the interval is far too narrow.

fails: test_interval_holds_the_truth, test_compared_as_assigned
"""

import numpy as np


def ate_rct(trial):
    drug, control = (trial.loc[trial["arm"] == arm, "event_30d"] for arm in ("drug", "control"))
    est = drug.mean() - control.mean()
    error = np.sqrt(drug.var() / len(drug) - control.var() / len(control))
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}
