"""Looks at each column by itself: three missed visits of two appointments pass.

fails: test_faulty_rows_are_refused
"""

from project import problems as right


def problems(visits):
    fitting = visits["past_year_no_shows"].where(
        ~(visits["past_year_no_shows"] > visits["past_year_appointments"])
        | ~visits["past_year_no_shows"].between(0, 60)
        | ~visits["past_year_appointments"].between(0, 60),
        visits["past_year_appointments"],
    )
    return right(visits.assign(past_year_no_shows=fitting))
