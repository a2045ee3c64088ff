"""Looks at age alone: the risks add up, and the ill of fifty years are taken for well.

fails: test_promised_risks_are_kept
overrides: risk.py
"""

import numpy as np
from sklearn.linear_model import LogisticRegression


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    return LogisticRegression(C=np.inf).fit(X_recent[["age"]], y_recent).predict_proba(X_new[["age"]])[:, 1]
