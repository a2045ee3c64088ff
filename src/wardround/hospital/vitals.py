"""Vital signs on the ward: rounds every four hours, hourly when a score is high, and an oximeter that flatters some."""

from types import MappingProxyType

import numpy as np
import pandas as pd

from wardround.hospital.deteriorations import WATCHED_DAYS
from wardround.hospital.news import news2
from wardround.hospital.patients import GROUPS, has
from wardround.hospital.period import START
from wardround.hospital.stream import Bools, Floats, Ints, Table, stream

MAX_STAYS = 4000
"""Vital signs are made for at most so many stays, chosen at random."""
OXIMETER_BIAS = MappingProxyType({"A": 0.33, "B": 1.9, "C": 0.33})
"""Points that the pulse oximeter reads too high, by patient group, before its display stops at 100."""
ESCALATE = 5
"""After a score of 5 or more the next observations are taken an hour later, not at the next round."""
_SIGNS = ("respiratory_rate", "spo2", "systolic_bp", "pulse", "temperature")


def make_vitals(seed: int, patients: Table, admissions: Table, deteriorations: Table) -> Table:
    """Make the observations of inpatient stays at HOME-MAIN and HOME-EAST in their first ten days, at most 4000 stays.

    Rounds are at 2, 6, 10, 14, 18 and 22 o'clock, give or take; more often after a high score. Units: breaths and beats
    a minute, %, mmHg, degrees Celsius; `consciousness` is one of A, C, V, P (ACVPU). A value in ten or so is missing,
    more at night. The chart ends with the stay, or when the emergency team is called. Hidden: `_true_spo2`.
    """
    stay = _charted(seed, admissions)
    hours = ((admissions["discharge_time"] - admissions["admit_time"])[stay].astype(np.int64) // 60).clip(
        1, WATCHED_DAYS * 24
    )
    event = np.full(admissions["encounter_id"].size, np.inf)
    row = deteriorations["_row"]
    event[row] = (deteriorations["event_time"] - admissions["admit_time"][row]).astype(np.int64) / 60
    event = event[stay]
    hour = np.arange(WATCHED_DAYS * 24)[:, None]
    minute_of_day = (admissions["admit_time"][stay] - START).astype(np.int64) + 60 * hour
    clock = minute_of_day // 60 % 24
    values, late = _values(seed, patients, admissions["_patient"][stay], event - hour, clock)

    r = stream(seed, "vitals/rounds")
    night = clock < 6
    for sign in _SIGNS:
        values[sign][r.random(clock.shape) < 0.05 + 0.12 * night] = np.nan
    minutes = np.where(hour == 0, 0, r.integers(0, 25, clock.shape)) + 60 * hour
    charted = (hour < hours) & (minutes / 60 < event)
    taken = _rounds(charted, (clock % 4 == 2) | (hour == 0), news2(values) >= ESCALATE)
    taken &= ~np.all([np.isnan(values[sign]) for sign in _SIGNS], axis=0)
    which = np.broadcast_to(np.arange(stay.size), clock.shape)[taken]
    order = np.argsort(which, kind="stable")
    which = stay[which[order]]
    return {
        "encounter_id": admissions["encounter_id"][which],
        "patient_id": admissions["patient_id"][which],
        "time": admissions["admit_time"][which] + minutes[taken][order].astype("timedelta64[m]"),
        **{sign: values[sign][taken][order] for sign in _SIGNS},
        "on_oxygen": values["on_oxygen"][taken][order],
        "consciousness": values["consciousness"][taken][order],
        "_true_spo2": late[taken][order].astype(np.float32),
    }


def oximeter(patients: Table, vitals: Table) -> pd.DataFrame:
    """Compare oximeter readings with the truth, a row per group.

    Columns: group, mean_error (points the readings are too high), hypoxemic (readings taken at a true saturation below
    90 %), missed (share of those that show 92 % or more).
    """
    measured = ~np.isnan(vitals["spo2"])
    reading, true = vitals["spo2"][measured], vitals["_true_spo2"][measured]
    group = patients["_group"][vitals["patient_id"][measured] - 1]
    frame = pd.DataFrame({"group": GROUPS[group], "mean_error": reading - true, "hypoxemic": true < 90})
    frame["missed"] = np.where(true < 90, (reading >= 92).astype(np.float64), np.nan)
    columns = {"mean_error": "mean", "hypoxemic": "sum", "missed": "mean"}
    return frame.groupby("group").agg(columns).reset_index()


def _charted(seed: int, admissions: Table) -> Ints:
    """Choose the stays, as rows of admissions in ascending order."""
    own = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    rows = np.flatnonzero(own)
    return np.sort(stream(seed, "vitals/stays").permutation(rows)[:MAX_STAYS])


def _values(seed: int, patients: Table, who: Ints, to_event: Floats, clock: Ints) -> tuple[Table, Floats]:
    """Draw each hour of each stay as an hours x stays matrix, and the true oxygen saturation.

    Ahead of a deterioration the signs drift for 8 to 20 hours, in some patients hardly. Some hours of pain, fever or
    fear look alike and pass.
    """
    r = stream(seed, "vitals/values")
    shape, n = to_event.shape, who.size
    length = r.uniform(8, 20, n)
    strength = r.normal(0.80, 0.28, n).clip(0.12, 1.3)
    ramp = np.where(to_event >= 0, (1 - to_event / length).clip(0, 1), 0.0) * strength
    alarm = _alarms(r, shape)
    day = np.sin(2 * np.pi * (clock - 9) / 24)

    def usual(mean: Floats | float, spread: float) -> Floats:
        return np.asarray(r.normal(mean, spread, n), dtype=np.float64)

    lungs = patients[has("COPD")][who]
    saturation = usual(np.where(lungs, 93.0, 96.6), 1.0) + _wander(r, shape, 0.8) - 7.0 * ramp
    saturation = saturation.clip(70, 100)
    bias = np.array([OXIMETER_BIAS[group] for group in GROUPS])[patients["_group"][who]]
    reading = saturation + bias + usual(0, 1.3) + r.normal(0, 1.3, shape)
    breaths = usual(16.5, 1.3) + _wander(r, shape, 1.3) + 10 * ramp + 8 * alarm
    pulse = usual(80, 9) + 3 * day + _wander(r, shape, 6) + 32 * ramp + 35 * alarm
    pressure = usual(126, 13) + 4 * day + _wander(r, shape, 8) - 34 * ramp
    warmth = usual(36.8, 0.25) + 0.15 * day + _wander(r, shape, 0.2) + 1.1 * ramp + 1.7 * alarm
    values: Table = {
        "respiratory_rate": np.round(breaths).clip(6, 45),
        "spo2": np.round(reading).clip(70, 100),
        "systolic_bp": np.round(pressure).clip(50, 240),
        "pulse": np.round(pulse).clip(30, 200),
        "temperature": np.round(warmth, 1).clip(34, 41.5),
        "on_oxygen": (ramp > 0.5) | (r.random(n) < 0.03),
        "consciousness": np.array(["A", "C", "V", "P"])[np.digitize(ramp, [0.7, 0.85, 1.05])],
    }
    return values, saturation


def _alarms(r: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Draw spells of 4 to 12 hours, on about one day in five of a stay, that are no deterioration: 0 to about 1.5."""
    strength = np.zeros(shape)
    for day in range(0, shape[0], 24):
        hour = np.arange(day, min(day + 36, shape[0]))[:, None]
        begins, lasts = day + r.integers(0, 24, shape[1]), r.integers(4, 13, shape[1])
        height = r.normal(0.85, 0.25, shape[1]).clip(0, None) * (r.random(shape[1]) < 0.2)
        spell = np.where((hour >= begins) & (hour < begins + lasts), height, 0.0)
        strength[day : day + 36] = np.maximum(strength[day : day + 36], spell)
    return strength


def _wander(r: np.random.Generator, shape: tuple[int, ...], spread: float) -> Floats:
    """Draw values that drift from hour to hour around 0 (an AR(1) process, correlation .8, of this spread)."""
    noise = r.normal(0, spread, shape)
    noise[1:] *= np.sqrt(1 - 0.8**2)
    for hour in range(1, shape[0]):
        noise[hour] += 0.8 * noise[hour - 1]
    return noise


def _rounds(charted: Bools, routine: Bools, high: Bools) -> Bools:
    """Tell which hours have observations: the rounds, and every hour that follows a high score."""
    taken = np.zeros_like(charted)
    worried = np.zeros(charted.shape[1], dtype=np.bool_)
    for hour in range(charted.shape[0]):
        taken[hour] = charted[hour] & (routine[hour] | worried)
        worried = taken[hour] & high[hour]
    return taken
