"""Uses the model as it was learned before the program began: it ranks as well as ever and promises a third too many
returns.

overrides: risk.py
fails: test_promised_risks_are_kept
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def predict_risk(X_old, y_old, X_recent, y_recent, X_new):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    return model.fit(X_old, y_old).predict_proba(X_new)[:, 1]
