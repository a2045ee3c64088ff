"""Lists "none known" as something that the patient is allergic to.

overrides: note_summary.py
fails: test_diseases_are_sorted
"""

import re

from note_summary import read_note as right


def read_note(text):
    return right(text) | {"allergies": re.findall(r"^Allergies: (.+?)\.$", text, re.M)}
