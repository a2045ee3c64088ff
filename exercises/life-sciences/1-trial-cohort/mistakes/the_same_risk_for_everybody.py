"""Gives everybody the average risk: calibrated, and of no use to anybody.

fails: test_prediction_meets_new_patients
"""

import numpy as np


def predict_endpoint(X_train, y_train, X_new):
    return np.full(len(X_new), y_train.mean())
