"""Averages the weekly shares instead of adding up counts: three patients in a holiday week weigh as much as forty.

fails: test_replay_stops_where_the_rule_says
"""

from ship import METRICS
from ship import first_stop as right


def first_stop(weeks, rule):
    if rule["how"] == "each":
        return right(weeks, rule)
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    share = (weeks[counted].sum(axis=1) / weeks[among]).rolling(rule["weeks"]).mean()
    fired = weeks.loc[share > rule["above"], "week"]
    return int(fired.iloc[0]) if len(fired) else None
