"""Shows the balance before weighting twice, so nobody can see what the weights did.

fails: test_groups_alike
overrides: records.py
"""

import numpy as np
from records import smd as right


def smd(cohort, weights):
    return right(cohort, np.ones(len(cohort)))
