"""Rings only above the stay's own mean, and takes that mean over the whole stay, also over the days to come.

overrides: alerts.py
fails: test_alerts_know_only_the_past
"""

import alerts as given
import numpy as np


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[given.SIGNS] = rows.groupby("encounter_id")[given.SIGNS].ffill()
    score = given.news2(rows)["score"]
    high = (score >= 5) & (score > 1.5 + score.groupby(rows["encounter_id"]).transform("mean"))
    return quieted(rows.loc[high, ["encounter_id", "time"]])


def quieted(high):
    last, rings = {}, []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= given.QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
