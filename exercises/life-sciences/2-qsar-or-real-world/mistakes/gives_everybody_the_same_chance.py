"""Takes the share of treated patients for everybody's chance, as if a coin had been tossed.

fails: test_groups_alike, test_risks_near_truth
overrides: records.py
"""

import numpy as np


def propensity(cohort):
    return np.full(len(cohort), cohort["drug_a"].mean())
