"""Writes times as the tables have them, without a zone; the next system takes them for its own clock.

fails: test_bundle_is_valid, test_nothing_is_lost
"""


def _said(moment):
    return f"{moment:%Y-%m-%dT%H:%M:%S}"
