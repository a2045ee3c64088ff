"""Says that a field is empty, and scores the row all the same, with the mean in its place.

fails: test_faulty_rows_are_refused
"""

from project import score as right

COLUMNS_NOW = ["lead_days", "reminder", "travel_minutes", "past_year_appointments", "past_year_no_shows", "age"]


def score(past, visits):
    return right(past, visits.fillna(past[COLUMNS_NOW].mean()))
