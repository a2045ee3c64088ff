"""Begins with the patient's name, to be kind; the letter is then about somebody, wherever it is left.

fails: test_the_letter_names_nobody, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    who = note.splitlines()[1].replace("Patient:", "").split("   ")[0].strip()
    return f"Dear {who}.\n{right(note)}"
