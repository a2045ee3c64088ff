"""Rewords the dose to sound friendlier; "take your tablets regularly" is no dose.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

import re

from note_summary import summarize as right


def summarize(text):
    return re.sub(r"Take .+?\.", "Take your tablets regularly.", right(text))
