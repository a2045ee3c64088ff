"""Asks the model about everything: it always answers, and nobody sees when it guesses.

fails: test_far_is_flagged
overrides: molecules.py
"""

import numpy as np


def inside(known, new):
    return np.ones(len(new), dtype=bool)
