"""Returns the probabilities sorted, so that they no longer belong to the stays they were made for.

fails: test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

import numpy as np
from readmission import predict_risk as right


def predict_risk(X_train, y_train, X_new):
    return np.sort(right(X_train, y_train, X_new))[::-1]
