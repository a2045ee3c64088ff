"""Divides a level by all rows of the group, also those without a value: where more is missing, every share looks small.

fails: test_table1_counts_gaps_and_distances
"""

from cases import table1 as right


def table1(df, group):
    out = right(df, group)
    for side, size in (("yes", df[group].sum()), ("no", (~df[group].astype(bool)).sum())):
        known = 1 - out[f"missing_{side}"] / size
        out[side] = out[side].where(out["level"] == "", out[side] * known)
    return out
