"""Smooths the score over the observation before and the one after: a chart that is drawn next day, not a bell that
rings tonight.

overrides: alerts.py
fails: test_alerts_know_only_the_past
"""

import alerts as given
import numpy as np


def alerts(vitals):
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[given.SIGNS] = rows.groupby("encounter_id")[given.SIGNS].ffill()
    score = given.news2(rows)["score"].groupby(rows["encounter_id"])
    smooth = score.rolling(3, center=True, min_periods=1).mean().droplevel(0)
    high = smooth >= 4.5
    return quieted(rows.loc[high, ["encounter_id", "time"]])


def quieted(high):
    last, rings = {}, []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= given.QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
