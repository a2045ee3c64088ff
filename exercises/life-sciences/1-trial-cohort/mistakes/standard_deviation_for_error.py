"""Takes the spread of the patients for the uncertainty of their mean: the interval reaches from a cure to a poison.

fails: test_interval_holds_the_truth
"""

import numpy as np


def ate_rct(trial):
    drug, control = (trial.loc[trial["arm"] == arm, "event_30d"] for arm in ("drug", "control"))
    est, spread = drug.mean() - control.mean(), np.sqrt(drug.var() + control.var())
    return {"est": est, "lo": est - 1.96 * spread, "hi": est + 1.96 * spread}
