"""Takes the wrong column of predict_proba: the probability of not coming back.

fails: test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

from readmission import predict_risk as right


def predict_risk(X_train, y_train, X_new):
    return 1 - right(X_train, y_train, X_new)
