"""Knows dates as 03/14/2024 only; the next author writes March 14, 2024.

overrides: note_summary.py
fails: test_nobody_can_be_named
"""

import re

from note_summary import HIDDEN
from note_summary import deidentify as right

DATES = HIDDEN["[DATE]"]


def deidentify(text):
    hidden = right(text)
    dates = iter(re.findall(DATES, text))
    there = [next(dates) for _ in range(hidden.count("[DATE]"))]
    for date in there:
        hidden = hidden.replace("[DATE]", "[DAY]" if "/" in date else date, 1)
    return hidden
