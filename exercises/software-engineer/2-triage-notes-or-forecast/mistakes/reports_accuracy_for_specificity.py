"""Reports accuracy as specificity; where few films show a lesion, that looks good by itself.

overrides: image_triage.py
fails: test_shares_are_counted
"""

import numpy as np
from image_triage import evaluate as right


def evaluate(lesion, flagged):
    return right(lesion, flagged) | {"specificity": float(np.mean(lesion == flagged))}
