"""Takes an age for no identifier; of people over 89 there may be one in town.

overrides: note_summary.py
fails: test_nobody_can_be_named
"""

import re

from note_summary import deidentify as right


def deidentify(text):
    hidden = right(text)
    ages = iter(re.findall(r"\d+(?=-year-old)", text))
    return re.sub(r"\[OVER 89\](?=-year-old)", lambda _: next(ages), hidden)
