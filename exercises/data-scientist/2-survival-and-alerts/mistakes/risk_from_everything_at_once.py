"""Learns from old and recent stays in one heap: the many old ones drown the few that know the ward as it is.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(pd.concat([X_old, X_recent]), pd.concat([y_old, y_recent])).predict_proba(X_new)[:, 1]
