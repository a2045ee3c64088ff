"""Balances the classes, because no-shows are rare: the order stays, but the chances say twice what happens.

fails: test_the_chances_add_up
overrides: operations.py
"""

from operations import known
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def chance_of_no_show(past, booked):
    model = make_pipeline(StandardScaler(), LogisticRegression(class_weight="balanced"))
    model.fit(known(past), past["status"] == "no-show")
    return model.predict_proba(known(booked))[:, 1]
