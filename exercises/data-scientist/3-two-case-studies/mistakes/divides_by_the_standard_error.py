"""Divides a difference by its standard error instead of the spread: the number grows with the patients, as a test does.

fails: test_table1_counts_gaps_and_distances
"""

import numpy as np
from cases import table1 as right


def table1(df, group):
    out = right(df, group)
    first, second = int(df[group].sum()), int((~df[group].astype(bool)).sum())
    return out.assign(smd=out["smd"] * np.sqrt(first * second / (first + second)))
