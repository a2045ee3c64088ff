"""Scales the new stays by their own mean and spread: a stay's risk then depends on who else goes home that day.

fails: test_risk_ranks_patients_honestly, test_note_states_what_was_counted
"""

from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_risk(X_train, y_train, X_new):
    ready = make_pipeline(SimpleImputer(strategy="median"), StandardScaler())
    model = LogisticRegression(C=0.1).fit(ready.fit_transform(X_train), y_train)
    return model.predict_proba(ready.fit_transform(X_new))[:, 1]
