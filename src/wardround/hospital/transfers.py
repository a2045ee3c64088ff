"""Where in the hospital a patient lay, move by move; and which stays are legs of one episode."""

import numpy as np

from wardround.hospital.journeys import WARDS
from wardround.hospital.period import DAY
from wardround.hospital.stream import Floats, Ints, Table, stream

_BED_NEEDED = 0.10  # share of stays that are moved because another patient needs the bed
_SAME_WARD = 0.4  # of those: to another bed of the same ward
_AFTER_SURGERY = 0.12  # share of booked SURG and CARD stays that begin with a night in intensive care


def make_transfers(seed: int, admissions: Table, deteriorations: Table) -> Table:
    """Make the ward moves of the inpatient stays at HOME-MAIN and HOME-EAST: one row per bed a patient lay in.

    The first row of a stay is its admission ward (`ward` of admissions), from `admit_time`; each row ends when the next
    begins, the last with the stay. Whoever deteriorates goes to the ICU within the hour. A change of bed within a ward
    is a row too, so two rows in a sequence can name the same ward.
    """
    r = stream(seed, "transfers")
    own = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    stay = np.flatnonzero(own)
    ward, admit, discharge = (admissions[c][stay] for c in ("ward", "admit_time", "discharge_time"))
    minutes = (discharge - admit).astype(np.int64)
    worse = np.isin(stay, deteriorations["_row"])
    event = np.full(stay.size, -1)
    event[worse] = (deteriorations["event_time"] - admissions["admit_time"][deteriorations["_row"]]).astype(np.int64)

    def draw() -> Floats:
        return r.random(stay.size)

    surgical = admissions["planned"][stay] & np.isin(ward, ["SURG", "CARD"]) & ~worse & (minutes > 2 * DAY)
    operated = surgical & (draw() < _AFTER_SURGERY)
    displaced = ~worse & ~operated & (minutes > DAY) & (draw() < _BED_NEEDED)
    to_icu = np.where(worse, event + (10 + 50 * draw()).astype(np.int64), (120 + 240 * draw()).astype(np.int64))
    from_icu = to_icu + np.where(worse, 60 * (12 + 60 * r.gamma(2, 0.5, stay.size)), 60 * (14 + 10 * draw())).astype(
        np.int64
    )
    moved = (minutes * (0.15 + 0.7 * draw())).astype(np.int64)
    names = np.array([*WARDS, "ICU"])
    home = np.select([ward == name for name in WARDS], range(WARDS.size))
    other = (home + r.integers(1, WARDS.size, stay.size)) % WARDS.size
    other = np.where(draw() < _SAME_WARD, home, other)

    everyone = np.arange(stay.size)
    ill = np.flatnonzero((worse | operated) & (to_icu < minutes))
    better = np.flatnonzero((worse | operated) & (from_icu < minutes - 60))
    guests = np.flatnonzero(displaced)
    at = np.concatenate([everyone, ill, better, guests])
    start = np.concatenate([np.zeros(everyone.size, dtype=np.int64), to_icu[ill], from_icu[better], moved[guests]])
    place = np.concatenate([home[everyone], np.full(ill.size, WARDS.size), home[better], other[guests]])
    order = np.lexsort((start, at))
    at, start, place = at[order], start[order], place[order]
    last = np.append(at[1:] != at[:-1], True)
    end = np.where(last, minutes[at], np.append(start[1:], 0))
    return {
        "encounter_id": admissions["encounter_id"][stay[at]],
        "patient_id": admissions["patient_id"][stay[at]],
        "facility": admissions["facility"][stay[at]],
        "ward": names[place],
        "start_time": admit[at] + start.astype("timedelta64[m]"),
        "end_time": admit[at] + end.astype("timedelta64[m]"),
    }


def episodes(admissions: Table) -> Ints:
    """Number the episode of each encounter, from dates and dispositions alone: both legs of a transfer share a number.

    A stay goes on the one before it if it came by transfer and that one, of the same patient, ended with one. An
    episode's number is the `encounter_id` of its first leg.
    """
    patient, ids = admissions["patient_id"], admissions["encounter_id"]
    order = np.lexsort((admissions["admit_time"], patient))
    order = order[admissions["class"][order] == "inpatient"]
    goes_on = np.zeros(order.size, dtype=np.bool_)
    goes_on[1:] = (
        (patient[order][1:] == patient[order][:-1])
        & (admissions["disposition"][order][:-1] == "transfer_acute")
        & (admissions["admit_source"][order][1:] == "transfer")
    )
    first = np.maximum.accumulate(np.where(goes_on, 0, np.arange(order.size)))
    found = ids.copy()
    found[order] = ids[order][first]
    return np.asarray(found, dtype=np.int64)
