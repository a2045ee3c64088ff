"""Says in one line that there is no allergy and names it in the next, as a form with a default does.

fails: test_the_letter_says_what_they_must_know, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace("Allergies:", "You have no known allergies. But:")
