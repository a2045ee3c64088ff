"""Uses every result of the stay, also those that came back from the laboratory after the patient had left.

fails: test_features_know_only_the_past
"""

from readmission import features as right


def features(admissions, patients, conditions, labs):
    X = right(admissions, patients, conditions, labs)
    sodium = labs[labs["lab"] == "sodium"].sort_values("time").groupby("encounter_id")["value"].last()
    return X.assign(sodium=sodium.reindex(X.index))
