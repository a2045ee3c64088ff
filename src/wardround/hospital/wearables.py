"""Watches worn at home: heart rate, saturation and steps every five minutes, with gaps, spikes and true events."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.stream import Floats, Table, stream

DEVICES = 60
DAYS = 7
STEP = 5
"""Minutes between two readings."""
FIRST = np.datetime64("2024-03-04T00:00", "m")
KINDS = {
    "fast heart at rest": (0.9, 8, 24),
    "low saturation": (0.7, 6, 18),
    "off the wrist": (1.2, 12, 72),
    "motion": (6.0, 1, 2),
}
"""What happens: how often in a week, and the least and most readings it lasts."""
CLINICAL = ("fast heart at rest", "low saturation")
"""The kinds that somebody must hear about. The others are a gap and noise."""
_APART = 12  # readings between two happenings: an hour, so that each alert belongs to one of them


def make_wearables(seed: int, devices: int = DEVICES, days: int = DAYS) -> tuple[Table, Table]:
    """Make the readings of `devices` watches over `days` days, one row per watch and five minutes, and what happened.

    Readings: device_id, time, heart_rate (beats per minute) and spo2 (percent), both NaN while the watch is off, and
    steps (since the reading before). Happenings: device_id, start (first reading), end (first reading after it), kind,
    clinical (whether it is an event, not a gap or noise).
    """
    r = stream(seed, "wearables")
    length = days * 24 * 60 // STEP
    shape = (devices, length)
    time_of_day = np.arange(length) * STEP % (24 * 60) / (24 * 60)
    asleep = (time_of_day < 0.28) | (time_of_day > 0.96)
    activity = _smooth(np.clip(r.gamma(0.6, 1.0, shape) * ~asleep, 0, 6))
    heart = r.normal(68, 6, (devices, 1)) + 9 * ~asleep + 11 * activity + r.normal(0, 3, shape)
    saturation = 97 - 0.8 * asleep + r.normal(0, 0.7, shape)
    steps = r.poisson(activity * 55)

    r = stream(seed, "wearables/happenings")
    taken = np.zeros(shape, dtype=np.bool_)
    found: list[tuple[int, int, int, str]] = []
    for kind, (a_week, shortest, longest) in KINDS.items():
        for device in np.repeat(np.arange(devices), r.poisson(a_week * days / 7, devices)).tolist():
            lasts = int(r.integers(shortest, longest + 1))
            begin = int(r.integers(2 * _APART, length - lasts - _APART))
            if taken[device, begin - _APART : begin + lasts + _APART].any():
                continue
            span = (device, slice(begin, begin + lasts))
            taken[span] = True
            match kind:
                case "fast heart at rest":
                    heart[span] += 45 - 11 * activity[span]
                    steps[span] = 0
                case "low saturation":
                    saturation[span] -= r.uniform(6, 11)
                case "off the wrist":
                    heart[span] = saturation[span] = np.nan
                    steps[span] = 0
                case _:
                    heart[span] += r.choice([-35, 60])
                    saturation[span] -= r.uniform(5, 15)
            found.append((device, begin, begin + lasts, kind))
    found.sort()
    times = FIRST + (np.arange(length + 1) * STEP).astype("timedelta64[m]")
    readings: Table = {
        "device_id": np.repeat(np.arange(1, devices + 1), length),
        "time": np.tile(times[:-1], devices),
        "heart_rate": _shown(heart, 25, 220),
        "spo2": _shown(saturation, 60, 100),
        "steps": steps.ravel(),
    }
    happenings: Table = {
        "device_id": np.array([device + 1 for device, *_ in found], dtype=np.int64),
        "start": times[np.array([begin for _, begin, _, _ in found], dtype=np.int64)],
        "end": times[np.array([end for _, _, end, _ in found], dtype=np.int64)],
        "kind": np.array([kind for *_, kind in found], dtype="U18"),
        "clinical": np.array([kind in CLINICAL for *_, kind in found], dtype=np.bool_),
    }
    return readings, happenings


def _smooth(values: Floats) -> Floats:
    """Average each reading with its neighbors: nobody runs for five minutes only."""
    padded = np.pad(values, ((0, 0), (1, 1)))
    smooth: Floats = (padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3
    return smooth


def _shown(values: Floats, lowest: float, highest: float) -> NDArray[Any]:
    """Round as the watch does; a gap stays NaN."""
    return np.round(np.clip(values, lowest, highest)).ravel().astype(np.float32)
