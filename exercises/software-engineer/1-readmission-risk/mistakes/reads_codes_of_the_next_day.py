"""Compares dates instead of times, so a condition coded later on the day of discharge, or the day after, still counts.

fails: test_features_know_only_the_past
"""

import pandas as pd
from readmission import features as right


def features(admissions, patients, conditions, labs):
    X = right(admissions, patients, conditions, labs)
    known = conditions.merge(admissions[["encounter_id", "discharge_time"]], on="encounter_id")
    days = known["recorded_time"].dt.normalize() - known["discharge_time"].dt.normalize()
    listed = known.loc[days <= pd.Timedelta(days=1), "encounter_id"].value_counts()
    return X.assign(conditions_listed=X.index.map(listed).fillna(0).astype(int))
