"""Compares fractures as they come, without the weights of the main result: it controls another analysis.

fails: test_not_identified
overrides: records.py
"""

import numpy as np
from records import difference


def control(cohort):
    return difference(cohort["fracture"].to_numpy(), cohort["drug_a"].to_numpy(bool), np.ones(len(cohort)))
