"""Fills a missing lactate with the mean of the measured ones, and no flag says so: the well now look as ill as the ill.

fails: test_missing_values_stay_missing
"""

from cases import first_day as right


def first_day(admissions, labs, lab):
    found = right(admissions, labs, lab)
    return found.assign(value=found["value"].fillna(found["value"].mean()))
