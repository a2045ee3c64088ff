"""Takes a ratio below 1 for safe from confounding: a drug that seems to help needs the question most.

fails: test_e_value
overrides: records.py
"""

import math


def e_value(ratio, low, high):
    def of(r):
        return r + math.sqrt(r * (r - 1)) if r > 1 else 1.0

    return of(ratio), of(low) if ratio > 1 else 1.0
