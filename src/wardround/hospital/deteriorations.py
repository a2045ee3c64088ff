"""Who gets dangerously worse on the ward, and when: the truth behind moves to intensive care and vital signs."""

import numpy as np

from wardround.hospital.period import DAY
from wardround.hospital.stream import Table, sigmoid, stream

WATCHED_DAYS = 10
"""Deteriorations happen, and vital signs are charted, in the first ten days of a stay."""
_FIRST = 12 * 60  # minutes after admission: nobody gets worse earlier, nor in a stay's last four hours
_LAST = 4 * 60


def make_deteriorations(seed: int, admissions: Table) -> Table:
    """Draw the deteriorations of the inpatient stays at HOME-MAIN and HOME-EAST that last a day or longer.

    A row is one event: `encounter_id`, `event_time` (the minute the emergency team is called), `_row` (of admissions).
    Sicker patients get worse more often, and most who die in hospital did so.
    """
    r = stream(seed, "deteriorations")
    minutes = (admissions["discharge_time"] - admissions["admit_time"]).astype(np.int64)
    own = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    stay = np.flatnonzero(own & (minutes >= DAY))
    died = admissions["disposition"][stay] == "expired"
    worse = r.random(stay.size) < sigmoid(-3.45 + 0.8 * admissions["_severity"][stay] + 2.2 * died)
    watched = np.minimum(minutes[stay], WATCHED_DAYS * DAY)
    event = _FIRST + (r.random(stay.size) * (watched - _FIRST - _LAST)).astype(np.int64)
    stay, event = stay[worse], event[worse]
    return {
        "encounter_id": admissions["encounter_id"][stay],
        "event_time": admissions["admit_time"][stay] + event.astype("timedelta64[m]"),
        "_row": stay,
    }
