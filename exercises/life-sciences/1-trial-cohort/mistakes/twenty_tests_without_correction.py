"""Tests twenty subgroups at 5 % each: in two of three trials one of them differs by chance alone.

fails: test_subgroup_claims_hold
"""

from trial import subgroup_claims as right


def subgroup_claims(trial, subgroups):
    return [name for name in subgroups if right(trial, [name])]
