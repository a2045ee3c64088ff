"""Takes a control whose interval holds 0 for a good sign, however wide it is: it could not have warned.

fails: test_control_decides
"""


def conclude(result, protocol):
    none = 1 if protocol["contrast"]["measure"] == "risk ratio" else 0
    if not result["control_low"] <= none <= result["control_high"]:
        return "confounded"
    if result["low"] <= none <= result["high"]:
        return "no difference shown"
    return "lower risk" if result["high"] < none else "higher risk"
