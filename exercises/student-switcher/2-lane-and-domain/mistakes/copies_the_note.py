"""Gives the patient the doctors' note: with the names, the words, and the diseases that were ruled out.

fails: test_the_letter_names_nobody, test_the_letter_invents_nothing, test_the_letter_is_easy_to_read, test_compared_with_today
overrides: documents.py
"""  # noqa: E501


def letter(note):
    return note
