"""Counts the silent e at the end: `take` gets two syllables.

fails: test_syllables_follow_the_rule, test_the_grade_follows_the_formula, test_compared_with_today
overrides: documents.py
"""

import re

from documents import VOWELS


def syllables(word):
    return max(len(re.findall(f"[{VOWELS}]+", word.lower())), 1)
