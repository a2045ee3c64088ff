"""Takes the first column of predict_proba, the chance of no event: the healthiest come out on top.

fails: test_prediction_meets_new_patients
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_endpoint(X_train, y_train, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(X_train, y_train).predict_proba(X_new)[:, 0]
