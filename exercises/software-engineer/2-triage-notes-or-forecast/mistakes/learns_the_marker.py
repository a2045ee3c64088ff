"""Gives the model every pixel, and it learns the marker in the corner: excellent at home, worse than a coin elsewhere.

overrides: image_triage.py
fails: test_lesions_are_found_at_another_site, test_marker_does_not_count
"""

from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def score_films(known_films, known_labels, films):
    def blocks(some):
        return some.astype(float).reshape(-1, 16, 4, 16, 4).mean(axis=(2, 4)).reshape(-1, 256)

    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.003, max_iter=300))
    return model.fit(blocks(known_films), known_labels).predict_proba(blocks(films))[:, 1]
