"""Blacks out the corner in the films it was given; whoever reads them next has lost a piece of each.

overrides: image_triage.py
fails: test_lesions_are_found_at_another_site, test_marker_does_not_count
"""

from image_triage import CORNER
from image_triage import score_films as right


def score_films(known_films, known_labels, films):
    known_films[CORNER] = 0
    films[CORNER] = 0
    return right(known_films, known_labels, films)
