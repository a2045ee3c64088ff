"""Gives the interval an E-value although it holds 1: there is nothing to explain away.

fails: test_e_value
overrides: records.py
"""

from records import e_value as right


def e_value(ratio, low, high):
    near = low if ratio > 1 else high
    return right(ratio, low, high)[0], right(near, near, near)[0]
