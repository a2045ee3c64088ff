"""Gives noon and night the same width: it holds nine times in ten on average, too seldom at noon, too often at night.

overrides: forecast.py
fails: test_range_is_honest
"""

from forecast import forecast as right


def forecast(arrivals, as_of, hours):
    table = right(arrivals, as_of, hours)
    reach = 1.645 * table["mean"].mean() ** 0.5
    return table.assign(low=table["mean"] - reach, high=table["mean"] + reach)
