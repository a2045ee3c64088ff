"""Counts stays at a hospital that sends no results as stays in which nobody ordered the test.

fails: test_missing_values_stay_missing
"""

from cases import first_day as right


def first_day(admissions, labs, lab):
    found = right(admissions, labs, lab)
    return found.assign(status=found["status"].replace("not sent", "not ordered"))
