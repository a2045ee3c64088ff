"""Lets a control that has moved pass, as long as it moved less than the effect.

fails: test_not_identified
overrides: records.py
"""


def verdict(effect, low, high):
    if (low > 0 or high < 0) and min(abs(low), abs(high)) > abs(effect):
        return "not identified"
    return "cannot tell" if max(-low, high) >= abs(effect) else "no warning"
