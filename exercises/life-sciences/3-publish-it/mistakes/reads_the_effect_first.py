"""Reads the effect first: where no difference shows, a control that warns is not mentioned.

fails: test_control_decides
"""


def conclude(result, protocol):
    none = 1 if protocol["contrast"]["measure"] == "risk ratio" else 0
    if result["low"] <= none <= result["high"]:
        return "no difference shown"
    if not result["control_low"] <= none <= result["control_high"]:
        return "confounded"
    if result["control_low"] <= result["effect"] <= result["control_high"]:
        return "cannot tell"
    return "lower risk" if result["high"] < none else "higher risk"
