"""Draws samples, not patients: a patient's second sample is tested by a model that has learned the first.

fails: test_prediction_meets_new_patients
"""

import numpy as np
import pandas as pd


def split(samples):
    test = np.random.default_rng(0).random(len(samples)) < 0.3
    return pd.DataFrame({"sample_id": samples["sample_id"], "part": np.where(test, "test", "train")})
