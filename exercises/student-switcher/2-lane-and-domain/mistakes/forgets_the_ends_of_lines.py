"""Ends a sentence only at a point: a list without points becomes one endless sentence.

fails: test_the_grade_follows_the_formula, test_compared_with_today
overrides: documents.py
"""

from documents import syllables


def grade(text):
    words = [piece for piece in text.split() if any(letter.isalnum() for letter in piece)]
    ends = max(sum(word.endswith((".", "!", "?")) for word in words), 1)
    parts = sum(syllables(word.strip(".,:;!?()")) for word in words)
    return 0.39 * len(words) / ends + 11.8 * parts / len(words) - 15.59
