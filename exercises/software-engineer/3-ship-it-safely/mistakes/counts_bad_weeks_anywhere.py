"""Stops once there have been enough bad weeks, however far apart: in half a year every sound alert has two.

fails: test_replay_stops_where_the_rule_says
"""

from ship import METRICS
from ship import first_stop as right


def first_stop(weeks, rule):
    if rule["how"] == "pooled":
        return right(weeks, rule)
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    bad = weeks.loc[weeks[counted].sum(axis=1) > rule["above"] * weeks[among], "week"]
    return int(bad.iloc[rule["weeks"] - 1]) if len(bad) >= rule["weeks"] else None
