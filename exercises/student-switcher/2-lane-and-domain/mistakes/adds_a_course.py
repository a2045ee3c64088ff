"""Adds how long to take it, as on other letters: for how long stands nowhere in the note.

fails: test_the_letter_invents_nothing
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace("Call us if this", "Take it three times daily and stop after five days. Call us if this")
