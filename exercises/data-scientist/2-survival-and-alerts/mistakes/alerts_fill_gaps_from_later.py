"""Fills a gap with the next value where there is none before: at that hour the value did not exist.

overrides: alerts.py
fails: test_alerts_know_only_the_past
"""

import alerts as given
import numpy as np


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    signs = rows.groupby("encounter_id")[given.SIGNS]
    rows[given.SIGNS] = signs.bfill().fillna(signs.ffill())
    high = given.news2(rows)["score"] >= 5
    return quieted(rows.loc[high, ["encounter_id", "time"]])


def quieted(high):
    last, rings = {}, []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= given.QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
