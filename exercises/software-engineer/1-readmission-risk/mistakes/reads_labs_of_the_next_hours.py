"""Takes the results of the hours after discharge as well: the sample was drawn before, but nobody had its value yet.

fails: test_features_know_only_the_past
"""

import pandas as pd
from readmission import features as right


def features(admissions, patients, conditions, labs):
    X = right(admissions, patients, conditions, labs)
    left = labs["encounter_id"].map(admissions.set_index("encounter_id")["discharge_time"])
    known = labs[(labs["lab"] == "sodium") & (labs["time"] <= left + pd.Timedelta(hours=12))].sort_values("time")
    return X.assign(sodium=known.groupby("encounter_id")["value"].last().reindex(X.index))
