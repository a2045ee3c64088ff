"""Tells a patient with signs of danger to stay at home, and names them all.

fails: test_the_letter_says_what_they_must_know
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace("Come back at once if you have", "Stay at home if you have")
