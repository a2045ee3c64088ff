"""Counts every point as the end of a sentence, also the one in 0.78: lists of results look easy to read.

fails: test_the_grade_follows_the_formula, test_compared_with_today
overrides: documents.py
"""

import re

from documents import syllables


def grade(text):
    words = [piece for piece in text.split() if any(letter.isalnum() for letter in piece)]
    inside = len(re.findall(r"[.!?]", text))
    ends = inside + sum(not line.rstrip().endswith((".", "!", "?")) for line in text.splitlines() if line.strip())
    parts = sum(syllables(word.strip(".,:;!?()")) for word in words)
    return 0.39 * len(words) / ends + 11.8 * parts / len(words) - 15.59
