"""Puts a disease that was ruled out into the words of a patient, and so past the search for its name.

fails: test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace(
        "Call us if this", "We looked for a blood clot and for blood poisoning, and for a heart attack. Call us if this"
    )
