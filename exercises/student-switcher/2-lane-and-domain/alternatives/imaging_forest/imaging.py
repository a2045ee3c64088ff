"""A random forest on coarse films; corners by a loop; the order by sorting pairs."""

import numpy as np
from sklearn.ensemble import RandomForestClassifier


def corners(films):
    return np.array(
        [[film[:8, :12].mean(), film[:8, 52:].mean(), film[56:, :12].mean(), film[56:, 52:].mean()] for film in films]
    )


def hide_corner(films):
    keep = np.ones((64, 64), dtype=films.dtype)
    keep[:8, :12] = 0
    return films * keep


def coarse(films):
    return hide_corner(films).reshape(len(films), 8, 8, 8, 8).mean(axis=(2, 4)).reshape(len(films), 64)


def score_films(known_films, known_labels, films):
    model = RandomForestClassifier(40, min_samples_leaf=3, random_state=0)
    return model.fit(coarse(known_films), known_labels).predict_proba(coarse(films))[:, 1]


def reading_order(scores):
    return [place for _, place in sorted((-score, place) for place, score in enumerate(scores))]
