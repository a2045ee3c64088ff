"""Makes the range so wide that it is never wrong; nobody can staff a shift from it.

overrides: forecast.py
fails: test_range_is_honest
"""

from forecast import forecast as right


def forecast(arrivals, as_of, hours):
    table = right(arrivals, as_of, hours)
    reach = 2.6 * table["mean"] ** 0.5
    return table.assign(low=(table["mean"] - reach).clip(lower=0), high=table["mean"] + reach)
