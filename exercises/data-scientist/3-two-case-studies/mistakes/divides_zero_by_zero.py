"""Divides 0 by 0 where both groups are the same: no difference is shown as no answer.

fails: test_table1_counts_gaps_and_distances
"""

import numpy as np
from cases import table1 as right


def table1(df, group):
    out = right(df, group)
    alike = [df[name].nunique() == 1 for name in out["variable"]]
    return out.assign(smd=out["smd"].mask(alike, np.nan))
