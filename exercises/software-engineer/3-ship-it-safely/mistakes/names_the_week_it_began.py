"""Gives the first week of the bad stretch for the week of the stop: the rule looks faster than it can be.

fails: test_replay_stops_where_the_rule_says
"""

from ship import first_stop as right


def first_stop(weeks, rule):
    week = right(weeks, rule)
    return None if week is None else week - rule["weeks"] + 1
