"""Makes "nan" a level of its own: a gap then counts as a kind of payer, and every share is of something else.

fails: test_table1_counts_gaps_and_distances
"""

from cases import table1 as right


def table1(df, group):
    text = df.select_dtypes(exclude=["number", "bool"]).columns
    return right(df.assign(**{name: df[name].astype(object).where(df[name].notna(), "nan") for name in text}), group)
