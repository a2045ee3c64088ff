"""Says which share of the dead were measured, where the question is which share of the measured died.

fails: test_deaths_are_counted_in_each_status
"""

from cases import deaths_by_status as right


def deaths_by_status(admissions, found):
    counted = right(admissions, found)
    return counted.assign(death_rate=counted["deaths"] / counted["deaths"].sum())
