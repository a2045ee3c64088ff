"""Greets the patient in small letters and takes the name for hidden.

fails: test_the_letter_names_nobody, test_compared_with_today
overrides: documents.py
"""

import re

from documents import letter as right


def letter(note):
    found = re.search(r"(?m)^Patient: (.+?) {2}|^(.+?) {2,}Record", note)
    return f"dear {(found[1] or found[2]).lower()},\n{right(note)}"
