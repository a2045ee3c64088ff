"""Makes an interval for each arm and subtracts their far ends: both arms would have to be unlucky at once, and a
drug that helps stays unproven.

fails: test_interval_holds_the_truth
"""

import numpy as np


def ate_rct(trial):
    ends = {}
    for arm in ("drug", "control"):
        y = trial.loc[trial["arm"] == arm, "event_30d"]
        error = np.sqrt(y.mean() * (1 - y.mean()) / len(y))
        ends[arm] = (y.mean() - 1.96 * error, y.mean(), y.mean() + 1.96 * error)
    drug, control = ends["drug"], ends["control"]
    return {"est": drug[1] - control[1], "lo": drug[0] - control[2], "hi": drug[2] - control[0]}
