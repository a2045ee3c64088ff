"""Takes the levels from the first group: a level that only the others have is lost, and with it the largest difference.

fails: test_table1_counts_gaps_and_distances
"""

from cases import table1 as right


def table1(df, group):
    out = right(df, group)
    return out[(out["level"] == "") | ~(out["yes"] == 0)].reset_index(drop=True)
