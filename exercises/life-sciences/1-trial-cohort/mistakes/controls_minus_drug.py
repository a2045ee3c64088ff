"""Subtracts the wrong way round: a drug that prevents events reads as one that causes them.

fails: test_interval_holds_the_truth
"""

from trial import ate_rct as right


def ate_rct(trial):
    turned = right(trial)
    return {"est": -turned["est"], "lo": -turned["hi"], "hi": -turned["lo"]}
