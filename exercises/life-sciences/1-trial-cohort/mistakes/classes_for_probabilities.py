"""Returns the likelier class, 0 or 1, for a probability: everybody above one half is told that the event will come.

fails: test_prediction_meets_new_patients
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_endpoint(X_train, y_train, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(X_train, y_train).predict(X_new)
