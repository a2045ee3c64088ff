"""Adds a pain killer from its own experience, for a patient who may take a blood thinner.

fails: test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace("Call us if this", "If it hurts, take ibuprofen too. Call us if this")
