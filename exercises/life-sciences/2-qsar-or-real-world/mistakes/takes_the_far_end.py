"""Takes the end of the interval that is farther from 1, which makes the result look harder to explain away.

fails: test_e_value
overrides: records.py
"""

from records import e_value as right


def e_value(ratio, low, high):
    far = high if ratio > 1 else low
    return right(ratio, low, high)[0], right(far, far, far)[0]
