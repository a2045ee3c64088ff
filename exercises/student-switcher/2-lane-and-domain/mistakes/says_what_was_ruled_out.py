"""Tells what was ruled out, for completeness; the patient remembers the name of the disease.

fails: test_the_letter_invents_nothing, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    sentences = [piece.strip() for piece in note.replace("\n", " ").split(".")]
    said = next(s for s in sentences if "was ruled out" in s or s.startswith("No evidence of"))
    return f"{right(note)}\n{said}."
