"""Fits the scaler to all samples, the new ones too: each prediction then depends on whoever else is asked about.

fails: test_prediction_meets_new_patients
"""

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def predict_endpoint(X_train, y_train, X_new):
    scaler = StandardScaler().fit(pd.concat([X_train, X_new]))
    model = LogisticRegression().fit(scaler.transform(X_train), y_train)
    return model.predict_proba(scaler.transform(X_new))[:, 1]
