"""Takes columns for rows: the corner is twelve high and eight wide, and half of it is somewhere else.

fails: test_the_corners_are_measured
overrides: imaging.py
"""

import numpy as np


def corners(films):
    pieces = [films[:, :12, :8], films[:, :12, -8:], films[:, -12:, :8], films[:, -12:, -8:]]
    return np.column_stack([piece.mean(axis=(1, 2)) for piece in pieces])
