"""Counts patients in Table 1 by what they took: the arms of the table are not the arms of the trial.

fails: test_baseline_only
"""

from trial import table1 as right


def table1(trial):
    return right(trial.assign(arm=trial["took_drug"].map({True: "drug", False: "control"})))
