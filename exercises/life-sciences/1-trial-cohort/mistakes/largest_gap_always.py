"""Reports the subgroup with the largest gap: some gap is always the largest.

fails: test_subgroup_claims_hold
"""

from trial import ate_rct as effect


def subgroup_claims(trial, subgroups):
    gaps = {}
    for name in subgroups:
        one, other = (effect(half)["est"] for _, half in trial.groupby(name))
        gaps[name] = abs(one - other)
    return [max(gaps, key=gaps.get)]
