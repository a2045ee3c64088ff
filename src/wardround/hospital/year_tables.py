"""The year 2024 as analysts hand it to the people who run a hospital: six tables to count, with nothing to join.

What takes a join or a window (which stay came next, how long a room was in use, how many lay in a bed at six) is done.
What remains is the decision which rows count, and from when to when. "Our two houses" are HOME-MAIN and HOME-EAST.
"""

import numpy as np
import pandas as pd

from wardround.hospital.hospital import Hospital
from wardround.hospital.stream import stream

YEAR = 2024
OURS = ("HOME-MAIN", "HOME-EAST")
EVERY_HOURS = 6
"""Patients in bed are counted at 0, 6, 12 and 18 o'clock."""
_CANCELLED = 0.18  # bookings that are canceled, for each one that is not
_BY_CLINIC = 0.25  # of those; the others by the patient
_LATE = 0.35  # of the patients' own, within a day of the slot
_BEGIN, _END = pd.Timestamp(YEAR, 1, 1), pd.Timestamp(YEAR + 1, 1, 1)


def year_tables(hospital: Hospital) -> dict[str, pd.DataFrame]:
    """Return the six tables of 2024 by name, each with its rows in no order.

    `stays` (one row per encounter of any class that ended in the year, at whatever hospital, with the patient's next
    inpatient stay), `bookings` (one per booking of a clinic slot in the year, canceled ones as well), `er_arrivals`
    (one per arrival at the emergency department, as the public table), `room_days` (one per operating room and staffed
    day, minutes), `claims` (one per bill of an encounter that ended in the year, US dollars), `head_counts` (patients
    in the beds of our two houses, four times a day).
    """
    admissions = hospital.public("admissions")
    return {
        "stays": _stays(admissions),
        "bookings": _bookings(hospital.seed, hospital.public("appointments")),
        "er_arrivals": _within(hospital.public("er_arrivals"), "arrival_time"),
        "room_days": _room_days(hospital),
        "claims": _claims(hospital.public("claims")),
        "head_counts": _head_counts(admissions),
    }


def _stays(admissions: pd.DataFrame) -> pd.DataFrame:
    inpatient = admissions[admissions["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    each = admissions.sort_values("discharge_time")
    following = pd.merge_asof(
        each[["encounter_id", "patient_id", "discharge_time"]],
        inpatient[["patient_id", "admit_time", "planned"]].sort_values("admit_time"),
        left_on="discharge_time",
        right_on="admit_time",
        by="patient_id",
        direction="forward",
    ).set_index("encounter_id")
    ids = admissions["encounter_id"]
    names = ["facility", "class", "ward", "planned", "admit_time", "discharge_time", "disposition"]
    shown = admissions[["encounter_id", "patient_id", *names]].rename(columns={"encounter_id": "stay_id"})
    shown["next_admit_time"] = following["admit_time"].reindex(ids).to_numpy()
    planned = following["planned"].reindex(ids).to_numpy()
    shown["next_stay"] = pd.Series(planned, dtype=object).map({True: "planned", False: "unplanned"}).to_numpy()
    return _within(shown, "discharge_time")


def _bookings(seed: int, appointments: pd.DataFrame) -> pd.DataFrame:
    """Add to the slots that were kept for somebody those that were canceled before."""
    kept = _within(appointments, "slot_time").sort_values("appointment_id")
    kept = kept[["booked_time", "slot_time", "reminder", "status"]]
    r = stream(seed, "year_tables/bookings")
    given_up = kept.iloc[np.flatnonzero(r.random(len(kept)) < _CANCELLED)].copy()
    size = len(given_up)
    weeks = pd.to_timedelta(r.integers(-3, 4, size), unit="W")
    slot = given_up["slot_time"] + weeks
    given_up["slot_time"] = slot.where((slot >= _BEGIN) & (slot < _END), given_up["slot_time"]).to_numpy()
    given_up["booked_time"] = (given_up["slot_time"] - pd.to_timedelta(r.integers(9, 60, size), unit="D")).to_numpy()
    by_clinic = r.random(size) < _BY_CLINIC
    late = r.random(size) < _LATE
    hours = np.where(late, r.uniform(0.5, 23.9, size), r.uniform(24.5, 200, size))
    given_up = given_up.assign(
        status="canceled", canceled_by=np.where(by_clinic, "clinic", "patient"), hours_before=np.round(hours, 1)
    )
    both = pd.concat([kept.assign(canceled_by="", hours_before=np.nan), given_up], ignore_index=True)
    both = both.iloc[r.permutation(len(both))].reset_index(drop=True)
    both.insert(0, "booking_id", np.arange(1, len(both) + 1))
    return both


def _room_days(hospital: Hospital) -> pd.DataFrame:
    found = _within(hospital.truth("room_days"), "date")
    minutes = {
        "staffed_minutes": found["block"],
        "first_to_last_minutes": found["span"],
        "patient_minutes": found["span"] - found["turnover"],
        "patient_minutes_staffed": found["in_use"],
        "overtime_minutes": found["overtime"],
    }
    whole = {name: column.astype(np.int64) for name, column in minutes.items()}
    shown = found[["room", "date", "cases"]].assign(**whole)
    return shown.sample(frac=1, random_state=hospital.seed % 2**32).reset_index(drop=True)


def _claims(claims: pd.DataFrame) -> pd.DataFrame:
    names = [
        "claim_id",
        "facility",
        "class",
        "discharge_time",
        "payer",
        "billed",
        "allowed",
        "paid",
        "denial_reason",
        "status",
    ]
    return _within(claims, "discharge_time")[names]


def _head_counts(admissions: pd.DataFrame) -> pd.DataFrame:
    ours = admissions[(admissions["class"] == "inpatient") & admissions["facility"].isin(OURS)]
    times = pd.date_range(_BEGIN, _END, freq=f"{EVERY_HOURS}h", inclusive="left")
    come, gone = (np.sort(ours[name].to_numpy()) for name in ("admit_time", "discharge_time"))
    moments = times.to_numpy().astype(come.dtype)
    there = np.searchsorted(come, moments, side="right") - np.searchsorted(gone, moments, side="right")
    return pd.DataFrame({"counted_time": moments, "patients": there})


def _within(table: pd.DataFrame, column: str) -> pd.DataFrame:
    return table[(table[column] >= _BEGIN) & (table[column] < _END)].reset_index(drop=True)
