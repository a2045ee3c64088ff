"""Takes plus and minus two standard errors for the interval: with all of 21 found it says that none is ever missed.

fails: test_results_are_told_by_group
"""

import numpy as np
from ship import results as right


def results(run, threshold):
    table = right(run, threshold)
    p, n = table["sensitivity"], table["returned"].where(table["returned"] > 0)
    half = 1.959964 * np.sqrt(p * (1 - p) / n)
    return table.assign(low=(p - half).clip(0, 1), high=(p + half).clip(0, 1))
