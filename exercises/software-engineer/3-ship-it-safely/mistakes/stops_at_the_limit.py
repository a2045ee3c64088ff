"""Stops at the limit itself, though the rule says beyond it.

fails: test_replay_stops_where_the_rule_says
"""

from ship import METRICS


def first_stop(weeks, rule):
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    part, whole, size = weeks[counted].sum(axis=1), weeks[among], rule["weeks"]
    if rule["how"] == "pooled":
        part, whole = part.rolling(size).sum(), whole.rolling(size).sum()
        above = (part >= rule["above"] * whole) & (whole > 0)
    else:
        above = ((part >= rule["above"] * whole) & (whole > 0)).rolling(size).sum() == size
    fired = weeks.loc[above, "week"]
    return int(fired.iloc[0]) if len(fired) else None
