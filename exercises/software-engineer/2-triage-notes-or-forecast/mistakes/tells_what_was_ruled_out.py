"""Tells the patient of the disease that was ruled out; at home, only its name is remembered.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

from note_summary import read_note
from note_summary import summarize as right


def summarize(text):
    return f"{right(text)} We also looked for {', '.join(read_note(text)['ruled_out'])}."
