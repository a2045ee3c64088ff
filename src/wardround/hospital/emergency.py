"""Arrivals at the emergency department: a rate that is known for every hour, and what became of each arrival."""

import numpy as np
import pandas as pd

from wardround.hospital.period import LENGTH, START, clock
from wardround.hospital.stream import Floats, Table, stream

PER_DAY = (145.0, 185.0)
"""The first year's mean arrivals a day, at least and at most: people of a wider area than the other tables cover."""
_BY_HOUR = np.array(
    [
        *(0.55, 0.45, 0.38, 0.34, 0.33, 0.38, 0.50, 0.72, 1.00, 1.25, 1.42, 1.48),
        *(1.45, 1.40, 1.38, 1.38, 1.40, 1.42, 1.42, 1.38, 1.28, 1.10, 0.88, 0.70),
    ]
)
_BY_WEEKDAY = np.array([1.08, 1.02, 0.99, 0.98, 0.98, 0.97, 0.98])  # Monday first
_TRIAGE = np.array([0.01, 0.14, 0.45, 0.31, 0.09])  # share of levels 1 (resuscitation) to 5
_ADMITTED = np.array([0.80, 0.45, 0.22, 0.04, 0.01])
_AMBULANCE = np.array([0.85, 0.42, 0.20, 0.08, 0.03])
_GIVES_UP = np.array([0.0, 0.005, 0.02, 0.05, 0.06])
_TO_DOCTOR = np.array([4.0, 18.0, 45.0, 55.0, 60.0])  # mean minutes from arrival


def rate(seed: int) -> Floats:
    """Give the expected arrivals of every hour of the record, which differ by seed.

    The shape is the product of hour of day, weekday, a winter wave, a slow year and growth.
    """
    r = stream(seed, "er_arrivals/rate")
    hour = np.arange(LENGTH // 60)
    day = hour // 24
    by_hour = _BY_HOUR * np.exp(r.normal(0, 0.06, 24))
    by_weekday = _BY_WEEKDAY * np.exp(r.normal(0, 0.012, 7))
    of_year = day % 365.25
    peak, height, width = r.normal(12, 8), r.uniform(0.08, 0.22), r.uniform(12, 22)
    away = np.minimum(abs(of_year - peak), 365.25 - abs(of_year - peak))  # days from the peak of the wave
    season = 1 + 0.03 * np.cos(2 * np.pi * (day - 20) / 365.25) + height * np.exp(-0.5 * (away / width) ** 2)
    growth = 1 + r.uniform(0, 0.04) * day / 365.25
    weekday = (day + 6) % 7  # the record begins on a Sunday
    shape = (by_hour / by_hour.mean())[hour % 24] * (by_weekday / by_weekday.mean())[weekday]
    return np.asarray(r.uniform(*PER_DAY) / 24 * shape * season * growth, dtype=np.float64)


def rate_by_hour(seed: int) -> pd.DataFrame:
    """Show the rate as a frame: time (the hour's begin), rate (expected arrivals in that hour)."""
    hours = START + np.arange(0, LENGTH, 60).astype("timedelta64[m]")
    return pd.DataFrame({"time": hours.astype("datetime64[us]"), "rate": rate(seed)})


def make_arrivals(seed: int) -> Table:
    """Make one row per arrival in two years: Poisson counts of `rate`, of people who are in no other table.

    `triage` is 1 (resuscitation) to 5. `disposition`: home, admitted, or left without being seen (`seen_time` NaT).
    `bed_request_time` (NaT if not admitted) to `departure_time` is the time an admitted patient boards.
    """
    r = stream(seed, "er_arrivals")
    expected = rate(seed)
    count = r.poisson(expected)
    size = int(count.sum())
    hour = np.repeat(np.arange(count.size), count)
    minute = 60 * hour + r.integers(0, 60, size)
    triage = np.searchsorted(np.cumsum(_TRIAGE)[:-1], r.random(size), side="right")
    crowd = (expected / expected.mean())[hour]  # busy hours mean longer waits
    gave_up = r.random(size) < _GIVES_UP[triage] * crowd
    admitted = ~gave_up & (r.random(size) < _ADMITTED[triage])
    seen = minute + 1 + (r.gamma(1.6, _TO_DOCTOR[triage] / 1.6) * crowd).astype(np.int64)
    worked_up = seen + 20 + r.gamma(2.2, 55, size).astype(np.int64)
    morning = (worked_up // 60 % 24 < 12) & (worked_up // 60 % 24 >= 5)  # beds come free after noon
    boarded = worked_up + 25 + r.gamma(1.4, np.where(morning, 130, 80)).astype(np.int64)
    left = np.where(
        gave_up, minute + 30 + r.gamma(2, 50, size).astype(np.int64), np.where(admitted, boarded, worked_up)
    )
    never = np.datetime64("NaT")
    return {
        "arrival_id": 1 + stream(seed, "er_arrivals/ids").permutation(size),
        "arrival_time": clock(minute),
        "arrival_mode": np.where(r.random(size) < _AMBULANCE[triage], "ambulance", "walk-in"),
        "triage": triage + 1,
        "seen_time": np.where(gave_up, never, clock(seen)),
        "bed_request_time": np.where(admitted, clock(worked_up), never),
        "departure_time": clock(left),
        "disposition": np.select([gave_up, admitted], ["left without being seen", "admitted"], "home"),
    }
