"""Judges the first weeks by fewer than the rule asks for: one bad first week stops a sound alert.

fails: test_replay_stops_where_the_rule_says
"""

from ship import METRICS
from ship import first_stop as right


def first_stop(weeks, rule):
    if rule["how"] == "each":
        return right(weeks, rule)
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    part = weeks[counted].sum(axis=1).rolling(rule["weeks"], min_periods=1).sum()
    whole = weeks[among].rolling(rule["weeks"], min_periods=1).sum()
    fired = weeks.loc[part > rule["above"] * whole, "week"]
    return int(fired.iloc[0]) if len(fired) else None
