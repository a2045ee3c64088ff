"""Takes the first column of predict_proba: the probability of not coming back.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from risk import predict_risk as right


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    return 1 - right(X_old, y_old, X_recent, y_recent, X_new)
