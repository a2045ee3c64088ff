"""Lets a large boosted model learn the recent stays by heart: the total is right, the single risks are far too sure
of themselves.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from sklearn.ensemble import HistGradientBoostingClassifier


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = HistGradientBoostingClassifier(max_iter=150, early_stopping=False, random_state=0)
    return model.fit(X_recent, y_recent).predict_proba(X_new)[:, 1]
