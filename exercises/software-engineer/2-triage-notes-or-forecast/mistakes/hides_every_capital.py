"""Hides every word with a capital letter; allergies, tests and diseases have capitals too.

overrides: note_summary.py
fails: test_facts_survive
"""

import re

from note_summary import deidentify as right


def deidentify(text):
    return re.sub(r"(?<!\[)\b[A-Z][A-Za-z]+\b(?!\])", "[X]", right(text))
