"""Divides the deaths of each row by all stays: the rows then add up to the overall rate, and compare nothing.

fails: test_deaths_are_counted_in_each_status
"""

from cases import deaths_by_status as right


def deaths_by_status(admissions, found):
    counted = right(admissions, found)
    return counted.assign(death_rate=counted["deaths"] / counted["stays"].sum())
