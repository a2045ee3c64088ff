"""Hides surnames wherever they stand, so that Parkinson disease becomes nameless with Dr. Parkinson.

overrides: note_summary.py
fails: test_facts_survive
"""

import re

from note_summary import deidentify as right


def deidentify(text):
    return re.sub(r"(Parkinson|Crohn|Graves|Hodgkin|Addison)(?= disease| lymphoma)", "[NAME]", right(text))
