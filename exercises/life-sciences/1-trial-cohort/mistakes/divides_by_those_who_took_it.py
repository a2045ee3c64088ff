"""Divides by how many more took the drug: that answers what taking does in those who obey, not what offering does on
a ward.

fails: test_compared_as_assigned
"""

from trial import ate_rct as right


def ate_rct(trial):
    took = trial.groupby("arm")["took_drug"].mean()
    return {key: value / (took["drug"] - took["control"]) for key, value in right(trial).items()}
