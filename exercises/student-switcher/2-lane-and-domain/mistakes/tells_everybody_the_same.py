"""Writes one letter for all, with the most common reason for a stay in it.

fails: test_the_letter_says_what_they_must_know, test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return f"You were in the hospital with a lung infection.\n{right(note).partition(chr(10))[2]}"
