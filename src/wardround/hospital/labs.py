"""Laboratory results: two units for one test, an assay that drifts, and a test that is ordered when it is bad."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.patients import has
from wardround.hospital.period import DAY, DRIFT
from wardround.hospital.stream import Floats, Ints, Table, sigmoid, stream


@dataclass(frozen=True)
class Lab:
    """A laboratory test: its LOINC code, its unit at HOME-MAIN, and the decimals reported."""

    name: str
    loinc: str
    unit: str
    decimals: int


LABS = (
    Lab("creatinine", "2160-0", "mg/dL", 2),
    Lab("hemoglobin", "718-7", "g/dL", 1),
    Lab("sodium", "2951-2", "mmol/L", 0),
    Lab("wbc", "6690-2", "10*3/uL", 1),
    Lab("lactate", "2524-7", "mmol/L", 2),
)
CREATININE_SHIFT = 0.20
"""mg/dL that the assay introduced on 2024-07-01 reads too high."""
UMOL_PER_MG_DL = 88.42
"""Creatinine in umol/L = 88.42 x creatinine in mg/dL (molar mass 113.12 g/mol)."""
_LONGEST = 10  # days with a draw
_DRAW = 0.3  # of each day of a stay: by then blood is drawn


def make_labs(seed: int, patients: Table, admissions: Table) -> Table:
    """Make the results of the inpatient stays at HOME-MAIN and HOME-EAST; `time` is when a result was reported.

    Routine tests: nearly all on day one, half of the days after. Lactate: ordered when the (unseen) value is high, so
    it is missing not at random. One result in twenty of the last day comes back after the patient has left.
    """
    own = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    stay = np.flatnonzero(own)
    minutes = (admissions["discharge_time"] - admissions["admit_time"])[stay].astype(np.int64)
    days = (minutes / DAY - _DRAW).astype(np.int64).clip(0, _LONGEST - 1) + 1
    row = np.repeat(stay, days)
    day = np.arange(row.size) - np.repeat(np.cumsum(days) - days, days)
    r = stream(seed, "labs/draws")
    drawn = np.minimum((day + _DRAW - 0.1 * r.random(row.size)) * DAY, 0.9 * np.repeat(minutes, days))
    late = (day == np.repeat(days, days) - 1) & (r.random(row.size) < 0.05)
    wait = np.where(late, np.repeat(minutes, days) - drawn + r.integers(60, 2 * DAY, row.size), 0)
    reported = admissions["admit_time"][row] + (drawn + wait).astype("timedelta64[m]")
    east = admissions["facility"][row] == "HOME-EAST"
    parts: list[Table] = []
    for number, lab in enumerate(LABS):
        r = stream(seed, f"labs/{lab.name}")
        value = _values(lab.name, r, patients, admissions, row)
        done = r.random(row.size) < _ordered(lab.name, value, day, patients["payer"][admissions["_patient"][row]])
        value, at = value[done], reported[done]
        foreign = np.zeros(value.size, dtype=np.bool_)
        if lab.name == "creatinine":
            value = value + CREATININE_SHIFT * (at >= DRIFT)
            foreign = east[done]
            value = np.where(foreign, value * UMOL_PER_MG_DL, value)
        parts.append(
            {
                "row": row[done].astype(np.int32),
                "time": at,
                "lab": np.full(value.size, number, dtype=np.int8),
                "value": np.where(foreign, np.round(value), np.round(value, lab.decimals)).astype(np.float32),
                "unit": np.where(foreign, len(LABS), number).astype(np.int8),
            }
        )
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return {
        "encounter_id": admissions["encounter_id"][whole["row"]],
        "patient_id": admissions["patient_id"][whole["row"]],
        "time": whole["time"],
        "lab": np.array([lab.name for lab in LABS])[whole["lab"]],
        "value": whole["value"],
        "unit": np.array([*(lab.unit for lab in LABS), "umol/L"])[whole["unit"]],
    }


def _values(name: str, r: np.random.Generator, patients: Table, admissions: Table, row: Ints) -> Floats:
    """Draw the true values of one test for every day of every stay, measured or not."""
    who, severity = admissions["_patient"][row], admissions["_severity"][row]
    noise = r.normal(0, 1, row.size)
    value: Floats
    match name:
        case "creatinine":
            kidney = patients[has("chronic kidney disease")][who]
            value = np.exp(-0.10 + 0.62 * kidney + 0.10 * severity + 0.22 * noise)
        case "hemoglobin":
            cancer, kidney = patients[has("cancer")][who], patients[has("chronic kidney disease")][who]
            value = 13.2 - 1.1 * cancer - 0.8 * kidney - 0.3 * severity + 1.4 * noise
        case "sodium":
            value = 138.5 - 0.9 * patients[has("heart failure")][who] - 0.5 * severity + 3.2 * noise
        case "wbc":
            value = np.exp(2.08 + 0.16 * np.maximum(severity, 0) + 0.30 * noise)
        case _:
            died = admissions["disposition"][row] == "expired"
            value = np.exp(0.25 + 0.38 * np.maximum(severity, -0.5) + 0.35 * noise + 0.35 * died)
    return value


def _ordered(name: str, value: Floats, day: Ints, payer: NDArray[np.str_]) -> Floats:
    """Give the probability that the test is done on that day."""
    if name == "lactate":
        return sigmoid(-2.6 + 1.5 * (np.log(value) - 0.25) / 0.35)
    return np.where(day == 0, 0.97, 0.55) * np.where(payer == "uninsured", 0.85, 1.0)
