"""Counts vowels, not groups of them: `breathe` gets three syllables.

fails: test_syllables_follow_the_rule, test_the_grade_follows_the_formula, test_compared_with_today
overrides: documents.py
"""

from documents import VOWELS


def syllables(word):
    return max(sum(letter in VOWELS for letter in word.lower()), 1)
