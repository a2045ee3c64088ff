"""Gives without minus with: a drug that saves lives then seems to cost them.

fails: test_risks_near_truth
overrides: records.py
"""

from records import risks as right


def risks(cohort, weights):
    found = right(cohort, weights)
    return found | {"difference": found["without"] - found["with_drug"]}
