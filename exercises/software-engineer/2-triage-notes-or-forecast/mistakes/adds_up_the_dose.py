"""Adds up the dose of a day: 500 mg three times daily becomes a number that stands nowhere in the note.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

import re

from note_summary import summarize as right


def summarize(text):
    dose = int(re.search(r"(\d+) mg", text)[1])
    times = 3 if "three times daily" in text else 2 if "twice daily" in text else 1
    return right(text) + f" That is {dose * times / 1000:.3f} g a day."
