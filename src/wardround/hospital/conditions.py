"""What the record says about a patient's conditions: a problem list in time, and billing codes after the event."""

import numpy as np

from wardround.hospital.patients import CONDITIONS, has
from wardround.hospital.period import DAY
from wardround.hospital.stream import Table, stream

SENSITIVITY = {"problem list": 0.80, "billing": 0.88}
SPECIFICITY = {"problem list": 0.99, "billing": 0.99}


def make_conditions(seed: int, patients: Table, admissions: Table) -> Table:
    """Make one row per condition recorded for an inpatient stay, by two sources with their own errors.

    The problem list is written in the first day of the stay (before its end); billing codes are assigned 3 to 25 days
    after discharge, so whoever decides at the bedside does not have them.
    """
    stay = np.flatnonzero(admissions["class"] == "inpatient")
    who = admissions["_patient"][stay]
    admit, discharge = admissions["admit_time"][stay], admissions["discharge_time"][stay]
    first_day = np.minimum((discharge - admit).astype(np.int64), DAY)
    parts: list[Table] = []
    for source, sensitivity in SENSITIVITY.items():
        r = stream(seed, f"conditions/{source}")
        for number, c in enumerate(CONDITIONS):
            true = patients[has(c.name)][who]
            listed = np.flatnonzero(r.random(stay.size) < np.where(true, sensitivity, 1 - SPECIFICITY[source]))
            if source == "billing":
                recorded = discharge[listed] + r.uniform(3 * DAY, 25 * DAY, listed.size).astype("timedelta64[m]")
            else:
                recorded = admit[listed] + (r.random(listed.size) * first_day[listed]).astype("timedelta64[m]")
            parts.append(
                {
                    "row": stay[listed],
                    "condition": np.full(listed.size, number),
                    "source": np.full(listed.size, source),
                    "recorded_time": recorded,
                    "_true": true[listed],
                }
            )
    whole = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    return {
        "encounter_id": admissions["encounter_id"][whole["row"]],
        "patient_id": admissions["patient_id"][whole["row"]],
        "condition": np.array([c.name for c in CONDITIONS])[whole["condition"]],
        "code": np.array([c.code for c in CONDITIONS])[whole["condition"]],
        "source": whole["source"],
        "recorded_time": whole["recorded_time"],
        "_true": whole["_true"],
    }
