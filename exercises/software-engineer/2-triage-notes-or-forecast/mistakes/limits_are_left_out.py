"""Takes the limits themselves for impossible: a patient of 18 years is sent away.

overrides: service.py
fails: test_service_refuses_what_it_cannot_judge
"""

from pydantic import Field
from service import LIMITS
from service import Stay as RightStay


def _within(name):
    low, high = LIMITS[name]
    return Field(gt=low, lt=high, allow_inf_nan=False)


class Stay(RightStay):
    age: float = _within("age")
    creatinine: float = _within("creatinine")
    hemoglobin: float = _within("hemoglobin")
    sodium: float = _within("sodium")
    wbc: float = _within("wbc")
