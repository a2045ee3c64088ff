"""Gives 0 where nothing varies, also where one group has only 9 and the other only 5: what differs most looks alike.

fails: test_table1_counts_gaps_and_distances
"""

import numpy as np
from cases import table1 as right


def table1(df, group):
    said = right(df, group)
    return said.assign(smd=said["smd"].astype(float).replace([np.inf, -np.inf], 0.0))
