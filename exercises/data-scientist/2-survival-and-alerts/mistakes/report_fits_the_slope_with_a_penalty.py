"""Fits the calibration slope with the library's default penalty, which pulls it toward 0: a sound model looks too sure.

overrides: risk.py
fails: test_report_counts_on_the_test_only
"""

import numpy as np
from risk import risk_report as right
from sklearn.linear_model import LogisticRegression


def risk_report(y_val, p_val, y_test, p_test, max_alerts):
    line = LogisticRegression().fit(np.log(p_test / (1 - p_test))[:, None], y_test)
    return right(y_val, p_val, y_test, p_test, max_alerts) | {"slope": float(line.coef_[0, 0])}
