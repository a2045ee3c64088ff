"""Greets the patient by name in a text that leaves the hospital.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

import re

from note_summary import summarize as right


def summarize(text):
    return f"Dear {re.search(r'(?:Mr|Ms)[.] [^ ]+', text)[0]}, " + right(text)
