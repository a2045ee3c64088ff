"""Watches: a rule that waits finds the events; one that does not wears out the ward."""

import numpy as np
import pytest

from wardround.hospital.wearables import CLINICAL, DAYS, DEVICES, FIRST, KINDS, STEP, make_wearables

SEEDS = range(1, 7)


def grid(readings, column: str) -> np.ndarray:
    return readings[column].reshape(DEVICES, -1)


def run(flag: np.ndarray, length: int) -> np.ndarray:
    """True where `length` readings in a row, up to this one, are flagged."""
    return np.array([np.convolve(row, np.ones(length))[: row.size] >= length for row in flag])


def alerts(flag: np.ndarray, pause: int) -> list[tuple[int, int]]:
    """One alert at each flagged reading, then silence for `pause` readings."""
    given = []
    for device, row in enumerate(flag):
        last = -(10**9)
        for place in np.flatnonzero(row):
            if place - last >= pause:
                given.append((device + 1, int(place)))
                last = place
    return given


def score(given: list[tuple[int, int]], events) -> tuple[float, float]:
    """Share of events with an alert during them, and alerts per device-day."""
    begin, end = ((events[name] - FIRST).astype(int) // STEP for name in ("start", "end"))
    rows = np.flatnonzero(events["clinical"])
    hit = [any(d == events["device_id"][i] and begin[i] <= t < end[i] for d, t in given) for i in rows]
    return float(np.mean(hit)), len(given) / DEVICES / DAYS


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest):
    return make_wearables(request.param)


def test_a_sustained_rule_finds_the_events_quietly(made) -> None:
    readings, events = made
    heart, spo2, steps = (grid(readings, name) for name in ("heart_rate", "spo2", "steps"))
    usual = np.nanmedian(heart, axis=1, keepdims=True)
    flag = run((heart > usual + 30) & (steps < 20), 4) | run(spo2 < 93, 4)
    sensitivity, burden = score(alerts(flag, 24), events)
    assert sensitivity >= 0.92
    assert 0.15 < burden < 0.35


def test_a_threshold_alone_cries_wolf(made) -> None:
    readings, events = made
    flag = (grid(readings, "heart_rate") > 100) | (grid(readings, "spo2") < 92)
    sensitivity, burden = score(alerts(flag, 1), events)
    assert sensitivity >= 0.99
    assert burden > 5
    assert 2 < score(alerts(flag, 12), events)[1] < 4.5, "one alert an hour is still too many"


def test_happenings_are_in_the_readings(made) -> None:
    readings, events = made
    assert set(events["kind"]) == set(KINDS)
    off = np.isnan(grid(readings, "heart_rate"))
    told = np.zeros_like(off)
    for i in np.flatnonzero(events["kind"] == "off the wrist"):
        span = (events[name][i] - FIRST for name in ("start", "end"))
        told[events["device_id"][i] - 1, slice(*(int(s.astype(int)) // STEP for s in span))] = True
    np.testing.assert_array_equal(off, told)
    np.testing.assert_array_equal(off, np.isnan(grid(readings, "spo2")))
    assert not grid(readings, "steps")[off].any()
    np.testing.assert_array_equal(events["clinical"], np.isin(events["kind"], CLINICAL))


def test_a_tap_lasts_ten_minutes_at_most_and_an_event_half_an_hour_at_least(made) -> None:
    _, events = made
    minutes = (events["end"] - events["start"]).astype(int)
    assert minutes[events["kind"] == "motion"].max() <= 10
    assert minutes[events["clinical"]].min() >= 30


def test_happenings_of_a_device_are_an_hour_apart(made) -> None:
    _, events = made
    order = np.lexsort((events["start"], events["device_id"]))
    device, start, end = (events[name][order] for name in ("device_id", "start", "end"))
    same = device[1:] == device[:-1]
    assert ((start[1:] - end[:-1])[same] >= np.timedelta64(60, "m")).all()


def test_sizes_can_be_chosen() -> None:
    readings, events = make_wearables(3, devices=2, days=2)
    assert readings["time"].size == 2 * 2 * 288
    assert set(events["device_id"]) <= {1, 2}
