"""Rings from 13 points on: hardly ever in vain, and for most patients when the emergency team is on its way.

overrides: alerts.py
fails: test_alerts_find_most_and_ring_seldom
"""

import alerts as given
import numpy as np


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[given.SIGNS] = rows.groupby("encounter_id")[given.SIGNS].ffill()
    high = given.news2(rows)["score"] >= 13
    return quieted(rows.loc[high, ["encounter_id", "time"]])


def quieted(high):
    last, rings = {}, []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= given.QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
