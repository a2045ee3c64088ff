"""Allows one alert before noon and one after: an alert at 11:50 does not stop the next at 12:10.

overrides: alerts.py
fails: test_alerts_find_most_and_ring_seldom, test_alerts_know_only_the_past
"""

import alerts as given


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[given.SIGNS] = rows.groupby("encounter_id")[given.SIGNS].ffill()
    high = rows.loc[given.news2(rows)["score"] >= 5, ["encounter_id", "time"]]
    half_day = high["time"].dt.floor("12h")
    return high[~high.assign(half_day=half_day).duplicated(["encounter_id", "half_day"])]
