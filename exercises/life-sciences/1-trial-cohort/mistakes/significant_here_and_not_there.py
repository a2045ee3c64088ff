"""Claims a subgroup because the effect is significant in one half and not in the other: the halves may differ by
nothing but their size.

fails: test_subgroup_claims_hold
"""

from trial import ate_rct as effect


def subgroup_claims(trial, subgroups):
    claims = []
    for name in subgroups:
        halves = [effect(half) for _, half in trial.groupby(name)]
        shows = [half["hi"] < 0 or half["lo"] > 0 for half in halves]
        if shows[0] != shows[1]:
            claims.append(name)
    return claims
