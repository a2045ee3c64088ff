"""Compares the risks as they come: the sicker patients received the drug, and the sign turns round.

fails: test_risks_near_truth
overrides: records.py
"""

import numpy as np
from records import risks as right


def risks(cohort, weights):
    return right(cohort, np.ones(len(cohort)))
