"""Drops every row with any gap before it describes anything, and says nothing of it: the table is about other people.

fails: test_table1_counts_gaps_and_distances
"""

from cases import table1 as right


def table1(df, group):
    return right(df.dropna(), group)
