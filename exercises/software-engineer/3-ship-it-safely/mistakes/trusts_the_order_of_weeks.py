"""Takes the weeks in the order in which they come, and so looks back on weeks that lie ahead.

fails: test_replay_stops_where_the_rule_says
"""

from ship import first_stop as right


def first_stop(weeks, rule):
    place = dict(enumerate(weeks["week"], start=1))
    found = right(weeks.assign(week=range(1, len(weeks) + 1)), rule)
    return None if found is None else int(place[found])
