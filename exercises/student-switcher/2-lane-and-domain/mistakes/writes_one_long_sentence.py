"""Puts everything into one polite sentence in the language of the ward.

fails: test_the_letter_is_easy_to_read, test_compared_with_today
overrides: documents.py
"""

from documents import between


def letter(note):
    return (
        f"In continuation of your hospitalization with {between(note, 'admitted with', '.')}, it is recommended that "
        f"{between(note, 'Take home:', '.')} be administered, under consideration of known allergies "
        f"({between(note, 'Allergies:', '.')}), with ambulatory re-evaluation in "
        f"{between(note, 'Follow-up in', ' with')} and immediate readmission in the event of "
        f"{between(note, 'Come back at once with', '.')}."
    )
