"""Names the first warning sign and "similar complaints" for the others.

overrides: note_summary.py
fails: test_summary_is_faithful
"""

import re

from note_summary import summarize as right


def summarize(text):
    return re.sub(r"(if you have [^,]+), .+?\.", r"\1 or similar complaints.", right(text))
