"""A registry with dates: visits, dispensings and events of two clinics, before and after the day that matters.

A patient's first visit to the clinic is the day on which drug A can be started. Doctors look at the last values that
were recorded; sicker patients get the drug more often, so a crude comparison makes it look worse than it is. At the
clinic North nothing else decides. At South doctors also spare the frail, and frailty stands in no column: there the
drug looks better than it is, and seems to prevent fractures, which it cannot. Some start the drug later; they had to
live until then. Values after the first visit are changed by the drug. Who is well sees a doctor less often, and more
often lacks a recent value.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.stream import Floats, Ints, Table, sigmoid, stream

PATIENTS = 5000
"""Of each clinic."""
SITES = ("north", "south")
HORIZON = 730
"""Days after the first visit for which everybody is followed."""
RECORDED = 0.9
"""Share of deaths, strokes and fractures of which the registry learns, with the drug or without."""
HAZARD_RATIO = {"death": 0.55, "stroke": 0.55, "fracture": 1.0}
"""While a patient is on the drug, against off it, for given covariates."""
FRAILTY = {"drug A": -1.1, "death": 0.7, "stroke": 0.0, "fracture": 0.8}
"""At South, per standard deviation: log odds of the drug, log hazard of an event."""
_PER_DAY = {"death": 0.00044, "stroke": 0.00042, "fracture": 0.00034}  # hazard of an average patient without the drug
_ILLNESS = {"death": 0.9, "stroke": 0.9, "fracture": 0.8}  # log hazard per standard deviation
_FIRST = np.datetime64("2021-01-01", "D")
_BACK = 730  # days before the first visit from which visits to the practice are kept
_NEVER = 10**6  # days


def make_registry(seed: int, n: int = PATIENTS) -> dict[str, Table]:
    """Make the three tables of both clinics, `n` patients each.

    `people`, one row per patient: patient_id, site, born (year), female, deprivation (1 to 5), record_start. Hidden,
    for each event, in days after the first visit and infinite if the registry never learns of it: `_death_with` and
    `_death_without` the drug from that day on, and the same of stroke and fracture. Some who do not start it then do
    so later, which counts as without.

    `visits`, one row per patient and day: patient_id, date, place (clinic, practice), severity (points, 0 to 30) and
    egfr (mL/min/1.73 m2), each NaN where it was not measured. `events`, one row per event: patient_id, date, kind
    (drug A and drug B: dispensed; death, stroke, fracture). Dates are whole days.
    """
    parts = [_clinic(stream(seed, f"registry/{site}"), site, n) for site in SITES]
    ids = 1 + stream(seed, "registry/ids").permutation(len(SITES) * n)
    tables: dict[str, Table] = {}
    for name in parts[0]:
        table = {key: np.concatenate([part[name][key] for part in parts]) for key in parts[0][name]}
        whose = np.concatenate([part[name]["patient_id"] + k * n for k, part in enumerate(parts)])
        tables[name] = table | {"patient_id": ids[whose]}
    return tables


def registry_truth(people: Table) -> Table:
    """Tell, for each patient, what would have followed the first visit with and without the drug.

    Columns: patient_id, site and, in days after the first visit and infinite if the registry never learns of it:
    death_with, death_without, stroke_with, stroke_without, fracture_with, fracture_without.
    """
    hidden = {name.removeprefix("_"): values for name, values in people.items() if name.startswith("_")}
    return {name: people[name] for name in ("patient_id", "site")} | hidden


@dataclass(frozen=True)
class _Patients:
    """What is true of a clinic's patients at their first visit."""

    age: Floats
    deprivation: Ints
    ill: Floats
    frail: Floats


def _clinic(r: np.random.Generator, site: str, n: int) -> dict[str, Table]:
    """Make one clinic's tables; patient_id counts from 0, days from the first visit until they become dates."""
    deprivation = r.integers(1, 6, n)
    who = _Patients(
        age=np.clip(r.normal(66, 11, n), 30, 95),
        deprivation=deprivation,
        ill=r.normal(0.12 * (deprivation - 3), 1, n),
        frail=r.normal(0, 1, n) * (site == "south"),
    )
    first = _FIRST + r.integers(0, 730, n)
    record = np.where(r.random(n) < 0.15, r.integers(30, 365, n), r.integers(365, 2500, n))
    before = _visits_before(r, who, record)
    logit = -0.45 + 0.20 * (_last(before, "severity", n, 12) - 12) - 0.012 * (_last(before, "egfr", n, 75) - 75)
    logit += -0.025 * (who.age - 66) + 0.12 * (deprivation - 3) + FRAILTY["drug A"] * who.frail
    drug = r.random(n) < sigmoid(logit)
    starts_later = np.where(r.random(n) < 0.35, 1 + r.exponential(200, n).astype(np.int64), _NEVER)
    start = np.where(drug, 0, starts_later)

    luck = {event: -np.log(r.random(n)) for event in HAZARD_RATIO}
    known = {event: r.random(n) < RECORDED for event in HAZARD_RATIO}
    end, hidden = np.zeros(n), {}
    events = _dispensings(r, start, record)
    starts = {"with": np.zeros(n, dtype=np.int64), "without": starts_later}
    # No fracture falls into days that the drug has won, so that its true difference is exactly 0.
    both = np.min([_day_of("death", luck["death"], who, begin) for begin in starts.values()], axis=0)
    for word, begin in starts.items():
        day = {event: _day_of(event, luck[event], who, begin) for event in HAZARD_RATIO}
        end = np.where(drug == (word == "with"), day["death"], end)
        for event, days in day.items():
            alive = days <= (day["death"] if event != "fracture" else both)
            seen = known[event] & alive
            hidden[f"_{event}_{word}"] = np.where(seen, days, np.inf)
    for event in HAZARD_RATIO:
        days = np.where(drug, hidden[f"_{event}_with"], hidden[f"_{event}_without"])
        events.append(_rows(np.flatnonzero(days <= HORIZON), days[days <= HORIZON], event))
    visits = _joined([before, _visits_after(r, who, start, end)])
    happened = _joined(events)
    alive = happened["day"] <= np.minimum(end, HORIZON)[happened["patient_id"]]
    happened = {name: values[alive] for name, values in happened.items()}
    people = {
        "patient_id": np.arange(n),
        "site": np.full(n, site),
        "born": first.astype("datetime64[Y]").astype(np.int64) + 1970 - who.age.astype(np.int64),
        "female": r.random(n) < 0.48,
        "deprivation": deprivation,
        "record_start": first - record,
    }
    return {"people": people | hidden, "visits": _dated(visits, first), "events": _dated(happened, first)}


def _visits_before(r: np.random.Generator, who: _Patients, record: Ints) -> Table:
    """Return visits to the practice, the more the iller, and the first one to the clinic (day 0)."""
    n = record.size
    times = r.poisson(np.clip(4.0 * np.exp(0.6 * who.ill), 0, 14))
    patient = np.repeat(np.arange(n), times)
    day = -r.integers(1, _BACK + 1, patient.size)
    kept = -day <= record[patient]
    patient, day = np.concatenate([patient[kept], np.arange(n)]), np.concatenate([day[kept], np.zeros(n, np.int64)])
    return _measured(r, who, patient, day, severity_share=0.65, egfr_share=0.6)


def _visits_after(r: np.random.Generator, who: _Patients, start: Ints, end: Floats) -> Table:
    """Return later visits to the clinic: one in the first weeks, then now and then, while the patient lives."""
    n = start.size
    times = 1 + r.poisson(3.0, n)
    patient = np.repeat(np.arange(n), times)
    early = np.concatenate([[True], patient[1:] != patient[:-1]])
    day = np.where(early, r.integers(5, 40, patient.size), r.integers(40, HORIZON, patient.size))
    kept = day < end[patient]
    patient, day = patient[kept], day[kept]
    better = 5.0 * (day > start[patient])  # points of severity that the drug takes away
    return _measured(r, who, patient, day, severity_share=0.9, egfr_share=0.8, better=better)


def _measured(
    r: np.random.Generator,
    who: _Patients,
    patient: Ints,
    day: Ints,
    *,
    severity_share: float,
    egfr_share: float,
    better: NDArray[Any] | float = 0.0,
) -> Table:
    """Return visits with their values; of several on one day the first is kept."""
    _, once = np.unique(patient * 10_000 + day + 5_000, return_index=True)
    better = np.broadcast_to(better, day.shape)[once]
    patient, day = patient[once], day[once]
    n = patient.size
    ill = who.ill[patient]
    severity = np.clip(np.round(12 + 4.5 * ill - better + r.normal(0, 2, n)), 0, 30)
    egfr = np.clip(np.round(75 - 8 * ill - 0.5 * (who.age[patient] - 66) + r.normal(0, 10, n)), 8, 140)
    return {
        "patient_id": patient,
        "day": day,
        "place": np.where(day < 0, "practice", "clinic"),
        "severity": np.where(r.random(n) < severity_share, severity, np.nan),
        "egfr": np.where(r.random(n) < egfr_share, egfr, np.nan),
    }


def _last(visits: Table, name: str, n: int, otherwise: float) -> Floats:
    """Return each patient's last value of a column; `otherwise` where there is none."""
    there = ~np.isnan(visits[name])
    patient, day, value = (visits[key][there] for key in ("patient_id", "day", name))
    order = np.lexsort((day, patient))
    patient, value = patient[order], value[order]
    found = np.full(n, otherwise)
    last = np.append(patient[1:] != patient[:-1], True)
    found[patient[last]] = value[last]
    return found


def _day_of(event: str, luck: Floats, who: _Patients, begin: Ints) -> Floats:
    """Return the day of an event, 1 or later, if the drug is taken from day `begin` on."""
    log_hazard = np.log(_PER_DAY[event]) + _ILLNESS[event] * who.ill + FRAILTY[event] * who.frail
    log_hazard += 0.035 * (who.age - 66) + 0.10 * (who.deprivation - 3)
    untreated = luck / np.exp(log_hazard)
    day = np.where(untreated <= begin, untreated, begin + (untreated - begin) / HAZARD_RATIO[event])
    whole: Floats = np.maximum(np.ceil(day), 1)
    return whole


def _dispensings(r: np.random.Generator, start: Ints, record: Ints) -> list[Table]:
    """Return dispensings of drug A (the start, refills, an earlier course) and of drug B, and earlier events."""
    n = start.size
    began = np.flatnonzero(start < _NEVER)
    refills = r.integers(0, 7, began.size)
    patient = np.repeat(began, refills)
    number = np.arange(patient.size) - np.repeat(np.cumsum(refills) - refills, refills)
    refill = start[patient] + 60 * (number + 1) + r.integers(-10, 11, patient.size)
    rows = [_rows(began, start[began], "drug A"), _rows(patient, refill, "drug A")]
    past = {"drug A": (0.16, 1, 900), "stroke": (0.06, 1, 900), "fracture": (0.08, 1, 900)}
    for kind, (share, low, high) in past.items():
        day = r.integers(low, high, n)
        had = np.flatnonzero((r.random(n) < share) & (day <= record))
        rows.append(_rows(had, -day[had], kind))
    other = np.repeat(np.arange(n), r.poisson(0.8, n))
    day = r.integers(-700, HORIZON, other.size)
    kept = -day <= record[other]
    return [*rows, _rows(other[kept], day[kept], "drug B")]


def _rows(patient: Ints, day: Ints | Floats, kind: str) -> Table:
    return {"patient_id": patient, "day": day.astype(np.int64), "kind": np.full(patient.size, kind)}


def _joined(parts: list[Table]) -> Table:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _dated(table: Table, first: NDArray[np.datetime64]) -> Table:
    """Put dates in place of days after the first visit."""
    dates = first[table["patient_id"]] + table["day"]
    return {"patient_id": table["patient_id"], "date": dates} | {
        name: values for name, values in table.items() if name not in {"patient_id", "day"}
    }
