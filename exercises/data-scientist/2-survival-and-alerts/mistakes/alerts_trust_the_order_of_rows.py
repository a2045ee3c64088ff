"""Takes the rows as they come for the order in time: the quiet hours and the filled gaps belong to other moments.

overrides: alerts.py
fails: test_alerts_find_most_and_ring_seldom, test_alerts_know_only_the_past
"""

import alerts as given
import numpy as np


def alerts(vitals):
    high = vitals.loc[given.news2(vitals)["score"].to_numpy() >= 5, ["encounter_id", "time"]]
    last, rings = {}, []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= given.QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
