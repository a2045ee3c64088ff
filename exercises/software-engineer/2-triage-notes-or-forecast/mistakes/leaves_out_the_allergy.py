"""Leaves the allergy out, as the patient knows it; the pharmacist who reads the letter does not.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

import re

from note_summary import summarize as right


def summarize(text):
    return re.sub(r"Allergies: .+?\. ", "", right(text))
