"""Scales the new stays by their own mean and spread: on a day of old patients an old patient is young.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from risk import predict_risk as right


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    age = (X_new["age"] - X_new["age"].mean()) / X_new["age"].std()
    return right(X_old, y_old, X_recent, y_recent, X_new.assign(age=age * X_old["age"].std() + X_old["age"].mean()))
