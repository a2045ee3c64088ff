"""Spreads second patients over the day, but picks the likeliest no-show in each part: the same group still waits.

fails: test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    number = int(sum(chances) / 2)
    block = len(chances) / max(number, 1)
    parts = [range(int(k * block), int((k + 1) * block)) for k in range(number)]
    return [max(part, key=lambda slot: chances[slot]) for part in parts]
