"""Gives fields a default of zero: a patient without a creatinine gets the risk of a perfect kidney.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from service import Stay as StrictStay


class Stay(StrictStay):
    creatinine: float = 0
    prior_year_admissions: int = 0
