"""Gives p-values in place of standardized differences: with 5,000 patients everything differs, with 50 nothing does.

fails: test_table1_counts_gaps_and_distances
"""

import math

from cases import table1 as right


def table1(df, group):
    out = right(df, group)
    first, second = int(df[group].sum()), int((~df[group].astype(bool)).sum())
    z = out["smd"] * math.sqrt(first * second / (first + second))
    return out.assign(p_value=[math.erfc(abs(x) / math.sqrt(2)) for x in z]).drop(columns="smd")
