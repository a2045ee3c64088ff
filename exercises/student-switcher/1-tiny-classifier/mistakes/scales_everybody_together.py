"""Scales the training group and the new patients as one table: the test leaks into what was learned.

fails: test_answer_is_about_the_patient_alone
"""

import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def predict(X_train, y_train, X_new):
    scaler = StandardScaler().fit(pd.concat([X_train, X_new]))
    model = LogisticRegression().fit(scaler.transform(X_train), y_train)
    return model.predict(scaler.transform(X_new))
