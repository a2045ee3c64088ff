"""Asks whether the interval of a ratio holds 0; no effect is a ratio of 1.

fails: test_control_decides
"""


def conclude(result, protocol):
    none = 0
    if not result["control_low"] <= none <= result["control_high"]:
        return "confounded"
    if result["low"] <= none <= result["high"]:
        return "no difference shown"
    if result["control_low"] <= result["effect"] <= result["control_high"]:
        return "cannot tell"
    return "lower risk" if result["high"] < none else "higher risk"
