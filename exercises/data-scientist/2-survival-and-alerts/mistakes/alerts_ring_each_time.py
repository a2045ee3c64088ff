"""Rings at every observation with a high score: watched hourly because of the first alert, the patient rings every
hour.

overrides: alerts.py
fails: test_alerts_find_most_and_ring_seldom, test_alerts_know_only_the_past
"""

import alerts as given


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[given.SIGNS] = rows.groupby("encounter_id")[given.SIGNS].ffill()
    return rows.loc[given.news2(rows)["score"] >= 5, ["encounter_id", "time"]]
