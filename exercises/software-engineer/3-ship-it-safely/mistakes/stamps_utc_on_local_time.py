"""Puts a Z behind the hospital's local time: valid in every way, and each stay has moved by six hours.

fails: test_nothing_is_lost
"""


def _said(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"
