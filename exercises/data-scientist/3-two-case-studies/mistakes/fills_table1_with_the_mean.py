"""Fills gaps with the mean before it describes: the spread shrinks, and the count of gaps is gone.

fails: test_table1_counts_gaps_and_distances
"""

from cases import table1 as right


def table1(df, group):
    return right(df.fillna(df.mean(numeric_only=True)), group)
