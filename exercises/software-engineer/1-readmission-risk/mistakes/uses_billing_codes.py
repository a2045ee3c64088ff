"""Uses the stay's billing codes, which are assigned days after the patient went home.

fails: test_features_know_only_the_past
"""

from readmission import features as right


def features(admissions, patients, conditions, labs):
    X = right(admissions, patients, conditions, labs)
    billed = conditions[conditions["source"] == "billing"]  # whenever they were recorded
    return X.assign(codes_billed=X.index.map(billed["encounter_id"].value_counts()).fillna(0).astype(int))
