"""Scales the booked visits by their own mean and spread: a chance then depends on who else is on tomorrow's list.

fails: test_the_chances_rank_the_visits
overrides: operations.py
"""

from operations import known
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


def chance_of_no_show(past, booked):
    model = LogisticRegression().fit(StandardScaler().fit_transform(known(past)), past["status"] == "no-show")
    return model.predict_proba(StandardScaler().fit_transform(known(booked)))[:, 1]
