"""Cuts the zone off when it reads a time; its own bundles survive that, and those of another clock move by hours.

fails: test_nothing_is_lost
"""

import pandas as pd


def _moment(text):
    return pd.Timestamp(text).tz_localize(None)
