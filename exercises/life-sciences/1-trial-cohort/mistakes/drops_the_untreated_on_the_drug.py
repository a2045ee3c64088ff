"""Leaves out patients of the drug arm who never took a dose, and keeps all controls: the frail go from one side
only.

fails: test_compared_as_assigned
"""

from trial import ate_rct as right


def ate_rct(trial):
    return right(trial[trial["took_drug"] | (trial["arm"] == "control")])
