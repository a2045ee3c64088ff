"""Gives every film the share of lesions: right on average, and no film comes first.

overrides: image_triage.py
fails: test_lesions_are_found_at_another_site, test_marker_does_not_count
"""

import numpy as np


def score_films(known_films, known_labels, films):
    return np.full(len(films), np.mean(known_labels))
