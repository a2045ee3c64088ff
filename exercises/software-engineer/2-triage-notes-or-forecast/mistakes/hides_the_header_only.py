"""Hides the patient's name and number in the first lines; the text below still names everybody.

overrides: note_summary.py
fails: test_nobody_can_be_named, test_facts_survive
"""

import re


def deidentify(text):
    text = re.sub(r"Patient: .+?   ", "Patient: [NAME]   ", text)
    return re.sub(r"(MRN: |Record )\d+", r"\1[NUMBER]", text)
