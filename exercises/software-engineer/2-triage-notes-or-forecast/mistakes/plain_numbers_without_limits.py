"""Asks for numbers and checks no limits: -4 years and creatinine in the wrong unit are numbers too.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from pydantic import BaseModel


class Stay(BaseModel):
    age: float
    creatinine: float
    hemoglobin: float
    sodium: float
    wbc: float
    prior_year_admissions: int
