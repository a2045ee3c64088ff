"""Takes the share who came back for the worth of calling everybody: the calls to all the others are free of charge.

fails: test_net_benefit_weighs_both_errors
"""

import numpy as np
from cases import decision_curve as right


def decision_curve(y, p, thresholds):
    return right(y, p, thresholds).assign(everybody=float(np.mean(y)))
