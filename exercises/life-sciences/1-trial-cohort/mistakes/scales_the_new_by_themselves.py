"""Scales the new samples by their own mean: a group of very ill patients then looks like everybody else.

fails: test_prediction_meets_new_patients
"""

from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def predict_endpoint(X_train, y_train, X_new):
    model = LogisticRegression().fit(StandardScaler().fit_transform(X_train), y_train)
    return model.predict_proba(StandardScaler().fit_transform(X_new))[:, 1]
