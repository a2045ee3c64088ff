"""Boosted trees on the columns as they are; second patients in slots that are drawn by lot, the same ones each day."""

import random

from sklearn.ensemble import HistGradientBoostingClassifier

COLUMNS = [
    "lead_days",
    "reminder",
    "travel_minutes",
    "past_year_appointments",
    "past_year_no_shows",
    "age",
    "deprivation",
]


def chance_of_no_show(past, booked):
    model = HistGradientBoostingClassifier(max_iter=40, max_depth=2, random_state=0)
    model.fit(past[COLUMNS].astype(float), past["status"] == "no-show")
    return model.predict_proba(booked[COLUMNS].astype(float))[:, 1].tolist()


def overbook(chances):
    number = int(sum(chances) / 2)
    return sorted(random.Random(str(chances)).sample(range(len(chances)), number))
