"""Asks the model for yes or no instead of a chance; below one in two that is a no for nearly everybody.

fails: test_the_chances_rank_the_visits, test_the_chances_add_up, test_compared_with_today
overrides: operations.py
"""

from operations import known
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def chance_of_no_show(past, booked):
    model = make_pipeline(StandardScaler(), LogisticRegression())
    model.fit(known(past), past["status"] == "no-show")
    return model.predict(known(booked)).astype(float)
