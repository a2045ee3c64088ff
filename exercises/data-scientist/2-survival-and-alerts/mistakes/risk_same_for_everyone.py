"""Promises everybody the average of the recent stays: calibrated in sum, and useless to choose by.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

import numpy as np


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    return np.full(len(X_new), y_recent.mean())
