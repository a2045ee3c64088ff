"""Adds a number that is in no note: good advice perhaps, but nobody gave it to this patient.

fails: test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return f"{right(note)}\nDrink 12 cups a day."
