"""Takes only a control above zero for a warning, although a control that falls is as wrong as one that rises.

fails: test_not_identified
overrides: records.py
"""


def verdict(effect, low, high):
    if low > 0:
        return "not identified"
    return "cannot tell" if max(-low, high) >= abs(effect) else "no warning"
