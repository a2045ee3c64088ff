"""Corrects for twenty tests, but asks of each half whether the drug works in it: it works in all of them alike.

fails: test_subgroup_claims_hold
"""

from statistics import NormalDist

from trial import ate_rct as effect


def subgroup_claims(trial, subgroups):
    limit = NormalDist().inv_cdf(1 - 0.05 / len(subgroups) / 2)
    claims = []
    for name in subgroups:
        halves = [effect(half) for _, half in trial.groupby(name)]
        if any(abs(half["est"]) > limit * (half["hi"] - half["lo"]) / (2 * 1.96) for half in halves):
            claims.append(name)
    return claims
