"""Books no second patient, since somebody might wait: then slots stay empty, and others wait for weeks.

fails: test_as_many_as_half_of_those_who_stay_away, test_nobody_pays_with_their_time
overrides: operations.py
"""


def overbook(chances):
    return []
