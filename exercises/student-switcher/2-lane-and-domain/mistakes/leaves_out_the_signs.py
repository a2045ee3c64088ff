"""Leaves out the signs with which to come back at once, so as not to frighten anybody.

fails: test_the_letter_says_what_they_must_know, test_compared_with_today
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return "\n".join(line for line in right(note).splitlines() if "at once" not in line)
