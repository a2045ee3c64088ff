"""Keeps risks by age to be fast: the second patient of 71 gets the first one's.

overrides: service.py
fails: test_answer_says_what_it_is
"""

from service import Model
from service import create_app as right


def create_app(model):
    kept = {}

    class Remembering(Model):
        def risk(self, stay):
            return kept.setdefault(stay["age"], super().risk(stay))

    return right(Remembering(**vars(model)))
