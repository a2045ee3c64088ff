"""Takes a bright film for an ill one; most of the brightness is the size of the patient.

fails: test_it_works_at_another_hospital, test_compared_with_today
overrides: imaging.py
"""

from imaging import hide_corner


def score_films(known_films, known_labels, films):
    return hide_corner(films).mean(axis=(1, 2))
