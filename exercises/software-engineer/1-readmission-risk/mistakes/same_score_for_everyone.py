"""Gives everybody the average risk: right on average, and useless for choosing whom to call.

fails: test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

import numpy as np


def predict_risk(X_train, y_train, X_new):
    return np.full(len(X_new), y_train.mean())
