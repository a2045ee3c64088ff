"""Divides each batch of new stays by its own mean: a stay's risk then depends on who else goes home that day.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression()).fit(X_old, y_old)
    p = model.predict_proba(X_new)[:, 1]
    return (p * y_recent.mean() / p.mean()).clip(0.001, 0.999)
