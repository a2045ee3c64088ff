"""Books one second patient for every no-show expected; no-shows do not come when they are expected, so rooms fill.

fails: test_as_many_as_half_of_those_who_stay_away, test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    number = int(sum(chances))
    block = len(chances) / max(number, 1)
    return [int((k + 0.5) * block) for k in range(number)]
