"""Takes the rows as they come for readings in the order of time; a database promises no order.

fails: test_true_events_are_heard, test_alerts_are_few, test_a_silent_watch_is_one_notice, test_alerts_know_only_the_past, test_compared_with_today
overrides: telehealth.py
"""  # noqa: E501

import pandas as pd
from telehealth import FAST, LOW, STILL, in_a_row


def find_alerts(readings):
    flags = {
        "fast heart": ((readings["heart_rate"] > FAST) & (readings["steps"] < STILL), 4),
        "low oxygen": (readings["spo2"] < LOW, 4),
        "no data": (readings["heart_rate"].isna(), 6),
    }
    found = [
        readings.loc[in_a_row(readings, flag) == enough, ["device_id", "time"]].assign(kind=kind)
        for kind, (flag, enough) in flags.items()
    ]
    return pd.concat(found, ignore_index=True)
