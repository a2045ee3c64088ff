"""Takes the uncertainty of the drug arm alone, as if the controls were known for certain: the interval is too
narrow.

fails: test_interval_holds_the_truth
"""

import numpy as np


def ate_rct(trial):
    drug, control = (trial.loc[trial["arm"] == arm, "event_30d"] for arm in ("drug", "control"))
    est, error = drug.mean() - control.mean(), np.sqrt(drug.mean() * (1 - drug.mean()) / len(drug))
    return {"est": est, "lo": est - 1.96 * error, "hi": est + 1.96 * error}
