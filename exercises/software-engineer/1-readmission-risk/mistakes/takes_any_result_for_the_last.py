"""Takes the last row of a stay's results for its last result, without sorting by time.

fails: test_features_know_only_the_past
"""

from readmission import features as right


def features(admissions, patients, conditions, labs):
    X = right(admissions, patients, conditions, labs)
    left = labs["encounter_id"].map(admissions.set_index("encounter_id")["discharge_time"])
    known = labs[(labs["lab"] == "sodium") & (labs["time"] <= left)]
    return X.assign(sodium=known.groupby("encounter_id")["value"].last().reindex(X.index))
