"""Least squares with a penalty, in NumPy alone."""

import numpy as np


def corners(films):
    parts = [
        films[:, a:b, c:d].reshape(len(films), -1).mean(axis=1)
        for a, b in ((0, 8), (56, 64))
        for c, d in ((0, 12), (52, 64))
    ]
    return np.stack(parts, axis=1)


def hide_corner(films):
    return np.where((np.arange(64)[:, None] < 8) & (np.arange(64) < 12), 0, films)


def coarse(films):
    return hide_corner(films).reshape(len(films), 8, 8, 8, 8).mean(axis=(2, 4)).reshape(len(films), 64)


def score_films(known_films, known_labels, films):
    X, new = coarse(known_films), coarse(films)
    middle, width = X.mean(axis=0), X.std(axis=0) + 1e-9
    X, new = (X - middle) / width, (new - middle) / width
    y = known_labels - known_labels.mean()
    return new @ np.linalg.solve(X.T @ X + 100 * np.eye(64), X.T @ y)


def reading_order(scores):
    return np.lexsort((np.arange(len(scores)), -scores))
