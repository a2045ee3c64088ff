"""Takes the six numbers in the order in which they come; a sender with another order has hemoglobin read as creatinine.

overrides: service.py
fails: test_answer_says_what_it_is
"""

from pydantic import model_validator
from service import LIMITS
from service import Stay as NamedStay


class Stay(NamedStay):
    @model_validator(mode="before")
    @classmethod
    def in_our_order(cls, sent):
        whole = isinstance(sent, dict) and set(sent) == set(LIMITS)
        return dict(zip(LIMITS, sent.values(), strict=True)) if whole else sent
