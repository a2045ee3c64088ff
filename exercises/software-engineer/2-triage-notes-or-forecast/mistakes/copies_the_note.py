"""Copies the note without its names: nothing is lost, and nothing is said.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

from note_summary import deidentify


def summarize(text):
    return deidentify(text)
