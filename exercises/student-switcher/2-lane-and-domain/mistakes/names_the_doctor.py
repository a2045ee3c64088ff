"""Names the next doctor: the patient knows, and so does everybody who finds the letter.

fails: test_the_letter_names_nobody, test_compared_with_today
overrides: documents.py
"""

from documents import between
from documents import letter as right


def letter(note):
    doctor = between(note, "with Dr.", ". ")
    return right(note).replace("your doctor", f"Dr. {doctor}")
