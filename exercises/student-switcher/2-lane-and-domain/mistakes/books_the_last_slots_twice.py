"""Puts all second patients at the end, where nobody else waits: the doctor does, every evening.

fails: test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    number = int(sum(chances) / 2)
    return list(range(len(chances) - number, len(chances)))
