"""Weights the rare outcome up with class_weight="balanced", as tutorials advise: the promised risks are four times
too high.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    return model.fit(X_recent, y_recent).predict_proba(X_new)[:, 1]
