"""Puts all second patients into the first slots: they wait for each other, and everybody behind them waits too.

fails: test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    return list(range(int(sum(chances) / 2)))
