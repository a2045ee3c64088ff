"""Lets deep boosted trees learn the recent stays by heart: the total is near, the single risks are far too sure of
themselves.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from sklearn.ensemble import GradientBoostingClassifier


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = GradientBoostingClassifier(n_estimators=40, max_depth=6, learning_rate=0.3, random_state=0)
    return model.fit(X_recent, y_recent).predict_proba(X_new)[:, 1]
