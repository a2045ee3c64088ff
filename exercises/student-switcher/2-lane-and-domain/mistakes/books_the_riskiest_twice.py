"""Books second patients where a no-show is most likely: sensible for the clinic, and one group pays with its time.

fails: test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    number = int(sum(chances) / 2)
    return sorted(range(len(chances)), key=lambda slot: -chances[slot])[:number]
