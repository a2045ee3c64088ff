"""Fills the missing values of the tables it was given: from then on nobody can tell what was never measured.

fails: test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

from readmission import predict_risk as right


def predict_risk(X_train, y_train, X_new):
    middle = X_train.median()
    X_train.fillna(middle, inplace=True)
    X_new.fillna(middle, inplace=True)
    return right(X_train, y_train, X_new)
