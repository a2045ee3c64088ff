"""Fills an empty field with 0 and goes on: nobody will ever know that it was empty.

fails: test_faulty_rows_are_refused
"""

from project import problems as right


def problems(visits):
    return right(
        visits.fillna(
            {
                "lead_days": 0,
                "reminder": 0,
                "travel_minutes": 0,
                "past_year_appointments": 0,
                "past_year_no_shows": 0,
                "age": 18,
            }
        )
    )
