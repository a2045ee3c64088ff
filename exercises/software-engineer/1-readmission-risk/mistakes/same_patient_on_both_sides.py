"""Splits by time alone: patients who were in hospital before and after the date stand on both sides.

fails: test_split_by_time_and_patient
"""

import numpy as np
import pandas as pd


def split(stays):
    late = stays["discharge_time"] >= stays["discharge_time"].quantile(0.7)
    return pd.DataFrame({"encounter_id": stays["encounter_id"], "part": np.where(late, "validation", "train")})
