"""Adjusts for the weight of 1982 as well: it is the outcome in another dress, and the effect is adjusted away.

fails: test_quitting_and_weight
overrides: records.py
"""

from records import difference, weights
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def effect_of_quitting(people):
    people = people.dropna(subset=["wt82_71"])
    x = people.drop(columns=["qsmk", "wt82_71"])
    quit_smoking = people["qsmk"].to_numpy() == 1
    model = make_pipeline(StandardScaler(), LogisticRegression(C=10, max_iter=1000))
    p = model.fit(x, quit_smoking).predict_proba(x)[:, 1]
    return difference(people["wt82_71"].to_numpy(), quit_smoking, weights(quit_smoking, p))["estimate"]
