"""Clinic appointments: who was booked when, who came, and a column that is only known after."""

from types import MappingProxyType

import numpy as np

from wardround.hospital.patients import GROUPS
from wardround.hospital.period import DAY, LENGTH, START, clock
from wardround.hospital.stream import Bools, Ints, Table, sigmoid, stream

NO_SHOW = MappingProxyType(
    {
        "intercept": -1.57,
        "days between booking and slot, less 18": 0.018,
        "reminder": -0.45,
        "years of age over 50": -0.016,
        "deprivation, less 3": 0.14,
        "medicaid or uninsured": 0.25,
        "minutes of travel, less 30": 0.012,
        "Monday or Friday": 0.15,
        "slot before 10": 0.15,
    }
)
"""Log odds of not coming, but for what is each patient's own and nobody records (standard deviation .7)."""
_OWN = 0.7
_PER_YEAR = 1.5
_BURN_IN = 365  # days before the record, so that the history of the first appointments is true
_HORIZON = 10**8  # minutes, longer than any record


def make_appointments(seed: int, patients: Table, admissions: Table) -> Table:
    """Make one row per clinic appointment whose slot lies within the record.

    `past_year_appointments` and `past_year_no_shows` count the patient's slots in the 365 days before the booking.
    `travel_minutes` is the way by bus. `checkin_minutes_late` (NaN: never checked in) is known only after the slot.
    Nobody has a slot while in hospital or after a death there. Hidden: `_p_no_show`.
    """
    r = stream(seed, "appointments")
    n = patients["patient_id"].size
    days = LENGTH // DAY
    count = r.poisson(_PER_YEAR * (days + _BURN_IN) / 365.25 * (0.6 + 0.4 * patients["_frailty"]))
    who = np.repeat(np.arange(n), count)
    size = who.size
    day = r.integers(-_BURN_IN, days, size, dtype=np.int32)
    weekday = (day + 6) % 7  # the record begins on a Sunday; 0 is Monday
    day += np.where(weekday == 5, 2, np.where(weekday == 6, 1, 0)).astype(np.int32)  # no clinic at weekends
    hour = r.integers(8, 17, size, dtype=np.int32)
    slot = day * DAY + hour * 60 + 15 * r.integers(0, 4, size, dtype=np.int32)
    lead = np.round(r.exponential(18, size).clip(0, 120)).astype(np.int32)
    booked = np.minimum((day - lead) * DAY + r.integers(8 * 60, 17 * 60, size, dtype=np.int32), slot - 30)
    reminder = r.random(size) < 0.6
    travel = _travel(seed, patients)

    b = NO_SHOW
    person = b["intercept"] + r.normal(0, _OWN, n) + b["years of age over 50"] * (patients["age"] - 50)
    person += b["deprivation, less 3"] * (patients["deprivation"] - 3)
    person += b["medicaid or uninsured"] * np.isin(patients["payer"], ["medicaid", "uninsured"])
    person += b["minutes of travel, less 30"] * (travel - 30)
    logit = person[who] + b["days between booking and slot, less 18"] * (lead - 18) + b["reminder"] * reminder
    logit += b["Monday or Friday"] * np.isin((day + 6) % 7, (0, 4)) + b["slot before 10"] * (hour < 10)
    chance = sigmoid(logit).astype(np.float32)
    missed = r.random(size) < chance
    late = np.round(r.normal(2, 9, size)).astype(np.float32)
    late[missed] = np.nan
    del logit, day, weekday, hour  # a million patients have 4.5 million slots

    order = np.argsort(who * _HORIZON + slot)
    who, slot, booked, missed = who[order], slot[order], booked[order], missed[order]
    past, past_missed = _history(who, slot, booked, missed)
    kept = (slot >= 0) & (slot < LENGTH) & _at_home(admissions, who, slot)
    order, who, missed = order[kept], who[kept], missed[kept]
    return {
        "appointment_id": (1 + stream(seed, "appointments/ids").permutation(who.size)).astype(np.int32),
        "patient_id": patients["patient_id"][who],
        "booked_time": clock(booked[kept]),
        "slot_time": clock(slot[kept]),
        "lead_days": lead[order].astype(np.int16),
        "reminder": reminder[order],
        "travel_minutes": travel[who].astype(np.int16),
        "past_year_appointments": past[kept].astype(np.int16),
        "past_year_no_shows": past_missed[kept].astype(np.int16),
        "status": np.where(missed, "no-show", "attended"),
        "checkin_minutes_late": late[order],
        "_p_no_show": chance[order],
    }


def by_group(patients: Table, appointments: Table) -> dict[str, float]:
    """Give the mean probability of not coming by patient group: the gap that an overbooking rule would deepen."""
    group = patients["_group"][appointments["patient_id"] - 1]
    total = np.bincount(group, appointments["_p_no_show"], GROUPS.size)
    count = np.bincount(group, minlength=GROUPS.size)
    return {str(name): float(t / c) if c else float("nan") for name, t, c in zip(GROUPS, total, count, strict=True)}


def _travel(seed: int, patients: Table) -> Ints:
    """Draw minutes by bus to the clinic: longer where group B lives and where people are poorer."""
    r = stream(seed, "appointments/travel")
    mean = 22 + 3 * patients["deprivation"] + 16 * (patients["_group"] == 1)
    return np.asarray(np.round(r.gamma(6, mean / 6)).clip(5, 150), dtype=np.int64)


def _history(who: Ints, slot: Ints, booked: Ints, missed: Bools) -> tuple[Ints, Ints]:
    """Count each patient's slots, and those missed, in the year before each booking (rows sorted by patient, slot)."""
    key = who * _HORIZON
    slots = key + slot
    until = np.searchsorted(slots, key + booked)
    since = np.searchsorted(slots, key + booked - 365 * DAY)
    total = np.concatenate([[0], np.cumsum(missed)])
    return until - since, total[until] - total[since]


def _at_home(admissions: Table, who: Ints, slot: Ints) -> Bools:
    """Tell which slots fall in no inpatient stay, nor after a death in hospital."""
    stays = np.flatnonzero(admissions["class"] == "inpatient")
    begin = admissions["_patient"][stays] * _HORIZON
    end = begin + (admissions["discharge_time"][stays] - START).astype(np.int64)
    end[admissions["disposition"][stays] == "expired"] += _HORIZON // 2
    begin = begin + (admissions["admit_time"][stays] - START).astype(np.int64)
    order = np.argsort(begin)
    moment = who * _HORIZON + slot
    place = np.searchsorted(begin[order], moment, side="right")
    over = np.concatenate([[np.int64(-_HORIZON)], end[order]])[place]
    return np.asarray(over < moment, dtype=np.bool_)
