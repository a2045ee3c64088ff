"""Concludes from the effect alone; the control is printed, and nobody reads it.

fails: test_control_decides, test_numbers_are_recomputed
"""


def conclude(result, protocol):
    none = 1 if protocol["contrast"]["measure"] == "risk ratio" else 0
    if result["low"] <= none <= result["high"]:
        return "no difference shown"
    return "lower risk" if result["high"] < none else "higher risk"
