"""Hides the patient and the doctors; the daughter with whom the plan was discussed is named in full.

overrides: note_summary.py
fails: test_nobody_can_be_named
"""

import re

from note_summary import deidentify as right


def deidentify(text):
    kin = re.search(r"discussed with (?:her|his) \w+ (\S+ \S+)\.", text)[1]
    hidden = right(text)
    return re.sub(r"(discussed with (?:her|his) \w+) \[NAME\] \[NAME\]", rf"\1 {kin}", hidden)
