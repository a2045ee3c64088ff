"""Learns the scale from the visits to judge, so a patient's number hangs on who else is seen that week.

fails: test_faulty_rows_are_refused, test_new_patients_are_called, test_limits_are_of_these_data
"""

import numpy as np
from project import COLUMNS, problems
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def score(past, visits):
    fine = np.array([text == "" for text in problems(visits)], dtype=bool)
    scores = np.full(len(visits), np.nan)
    if fine.any():
        model = LogisticRegression().fit(StandardScaler().fit_transform(past[COLUMNS]), past["no_show"])
        rows = visits.loc[fine, COLUMNS]
        scores[fine] = model.predict_proba(StandardScaler().fit_transform(rows))[:, 1]
    return scores
