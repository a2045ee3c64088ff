"""Takes the wrong column of predict_proba: the chance that there is no lesion, so the ill are read last.

fails: test_it_works_at_another_hospital, test_compared_with_today
overrides: imaging.py
"""

from imaging import score_films as right


def score_films(known_films, known_labels, films):
    return 1 - right(known_films, known_labels, films)
