"""Predicts the mean for every compound: honest scores, and no reason to make one rather than another.

fails: test_honest_scores
overrides: molecules.py
"""

import numpy as np


def predict(known, new):
    return np.full(len(new), known["activity"].mean())
