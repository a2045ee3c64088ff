"""Keeps the people who were not weighed in 1982, and the mean of a column with gaps is a gap.

fails: test_quitting_and_weight, test_records_note
overrides: records.py
"""

from records import difference, weights
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def effect_of_quitting(people):
    x = people[["age", "wt71", "smokeintensity", "smokeyrs", "sex", "race", "education", "exercise", "active"]]
    quit_smoking = people["qsmk"].to_numpy() == 1
    model = make_pipeline(StandardScaler(), LogisticRegression(C=10, max_iter=1000))
    p = model.fit(x, quit_smoking).predict_proba(x)[:, 1]
    return difference(people["wt82_71"].to_numpy(), quit_smoking, weights(quit_smoking, p))["estimate"]
