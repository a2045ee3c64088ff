"""Subtracts the treated from the untreated: the table then says that the healthier patients received the drug.

fails: test_groups_alike
overrides: records.py
"""

from records import smd as right


def smd(cohort, weights):
    return {name: -gap for name, gap in right(cohort, weights).items()}
