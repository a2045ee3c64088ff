"""Divides by the flagged films instead of those with a lesion: that is the PPV.

overrides: image_triage.py
fails: test_shares_are_counted
"""

import numpy as np
from image_triage import evaluate as right


def evaluate(lesion, flagged):
    return right(lesion, flagged) | {"sensitivity": float(np.mean(lesion[flagged])) if flagged.any() else None}
