"""Returns an empty text: nobody can be named, and nobody can be treated.

overrides: note_summary.py
fails: test_nobody_can_be_named, test_facts_survive
"""


def deidentify(text):
    return ""
