"""Scales each film by its own brightness, then blacks the corner out: by then the marker has changed every pixel.

overrides: image_triage.py
fails: test_lesions_are_found_at_another_site, test_marker_does_not_count
"""

from image_triage import score_films as right


def score_films(known_films, known_labels, films):
    def scaled(some):
        some = some.astype(float)
        return (some - some.mean(axis=(1, 2), keepdims=True)) / some.std(axis=(1, 2), keepdims=True) * 600 + 2000

    return right(scaled(known_films), known_labels, scaled(films))
