"""Takes the disease of a relative for one of the patient's own.

fails: test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import between
from documents import letter as right


def letter(note):
    return f"{right(note)}\nYou have had {between(note, 'Family history:', ' in the ')}."
