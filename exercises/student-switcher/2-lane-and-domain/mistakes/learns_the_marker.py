"""Learns from whole films: at home the marker stands beside most lesions, elsewhere beside healthy lungs.

fails: test_it_works_at_another_hospital, test_the_marker_moves_no_score, test_compared_with_today
overrides: imaging.py
"""

from imaging import in_blocks
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def score_films(known_films, known_labels, films):
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1))
    model.fit(in_blocks(known_films), known_labels)
    return model.predict_proba(in_blocks(films))[:, 1]
