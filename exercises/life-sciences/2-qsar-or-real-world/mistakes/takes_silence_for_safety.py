"""Gives no warning whenever the control's interval holds 0, even if it is so wide that it could not have warned.

fails: test_not_identified
overrides: records.py
"""


def verdict(effect, low, high):
    return "not identified" if low > 0 or high < 0 else "no warning"
