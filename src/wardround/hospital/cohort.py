"""The readmission measure itself: which stays can be followed, and which of them came back. From dates alone.

An *index stay* is an inpatient stay that ended with the patient alive, neither against medical advice nor by transfer
to another acute hospital, at least 30 days before the extract ends. It is *readmitted* if the patient's next inpatient
stay, at any hospital, is unplanned and begins within 30 days (30 x 24 hours) of the discharge. After: Centers for
Medicare & Medicaid Services, hospital-wide readmission measure, simplified.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from wardround.hospital.period import END
from wardround.hospital.stream import Bools, Ints, Table

WINDOW = np.timedelta64(30 * 24 * 60, "m")

NOT_INDEX = {"expired": "died", "ama": "against advice", "transfer_acute": "transferred"}
"""Dispositions that cannot be an index stay, and the word for why."""


@dataclass(frozen=True)
class Cohort:
    """The measure for every encounter of a table, in the table's order."""

    eligible: Bools
    readmitted: Bools
    why: NDArray[np.str_]
    """One of: emergency, observation, died, against advice, transferred, last 30 days (not eligible); readmitted,
    planned return, late return, emergency visit, observation visit, no return (eligible)."""


def cohort(admissions: Table) -> Cohort:
    """Apply the measure to a table with the public columns of admissions (arrays of one length, in any order)."""
    patient, kind, ending = admissions["patient_id"], admissions["class"], admissions["disposition"]
    admit, discharge = admissions["admit_time"], admissions["discharge_time"]
    inpatient = kind == "inpatient"
    late = discharge + WINDOW > END
    eligible = inpatient & ~np.isin(ending, list(NOT_INDEX)) & ~late

    following = _next(patient, admit, among=inpatient, after=admit)
    returned = eligible & (following >= 0) & (admit[following] - discharge <= WINDOW)
    planned = returned & admissions["planned"][following]
    reasons = {"emergency": kind == "emergency", "observation": kind == "observation"}
    reasons |= {word: ending == disposition for disposition, word in NOT_INDEX.items()}
    reasons |= {"last 30 days": late, "planned return": planned, "readmitted": returned}
    for visit in ("emergency", "observation"):
        next_visit = _next(patient, admit, among=kind == visit, after=discharge)
        reasons[f"{visit} visit"] = (next_visit >= 0) & (admit[next_visit] - discharge <= WINDOW)
    reasons["late return"] = following >= 0
    why = np.select(list(reasons.values()), np.array(list(reasons)), "no return")
    return Cohort(eligible, returned & ~planned, why)


def _next(patient: Ints, admit: NDArray[np.datetime64], *, among: Bools, after: NDArray[np.datetime64]) -> Ints:
    """Find, for each row, its patient's first encounter `among` these that begins later than `after`: a row, or -1."""
    found = np.full(patient.size, -1)
    listed = np.flatnonzero(among)
    listed = listed[np.lexsort((admit[listed], patient[listed]))]
    if not listed.size:
        return found
    origin = admit.min()
    horizon = np.int64(10**8)  # minutes, longer than any record: patient * horizon + minute sorts by patient, then time
    begins = patient[listed] * horizon + (admit[listed] - origin).astype("timedelta64[m]").astype(np.int64)
    moment = patient * horizon + (after - origin).astype("timedelta64[m]").astype(np.int64)
    place = np.searchsorted(begins, moment, side="right")
    candidate = listed[np.minimum(place, listed.size - 1)]
    there = (place < listed.size) & (patient[candidate] == patient)
    found[there] = candidate[there]
    return found
