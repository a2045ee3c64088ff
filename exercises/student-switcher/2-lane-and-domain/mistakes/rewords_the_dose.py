"""Says the dose in other words, to be friendly: `once a day` is not what is written on the package.

fails: test_the_letter_says_what_they_must_know
overrides: documents.py
"""

from documents import letter as right


def letter(note):
    return right(note).replace(" mg ", " mg, ")
