"""Writes that the medicine must not be taken; each word of it stands in the letter all the same.

fails: test_the_letter_says_what_they_must_know
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace("Take this at home:", "Do not take this:")
