"""Looks for names of diseases anywhere in the note; "no evidence of sepsis" becomes sepsis.

overrides: note_summary.py
fails: test_diseases_are_sorted
"""

from note_summary import read_note as right


def read_note(text):
    said = right(text)
    return said | {"has": said["has"] + said["ruled_out"]}
