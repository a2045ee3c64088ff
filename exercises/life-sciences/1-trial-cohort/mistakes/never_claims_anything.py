"""Never reports a subgroup, to be on the safe side: patients whom the drug cannot help go on taking it.

fails: test_subgroup_claims_hold
"""


def subgroup_claims(trial, subgroups):
    return []
