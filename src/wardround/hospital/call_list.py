"""A readmission score as somebody hands it over, with what became of its stays: to be judged, not to be made.

The score adds up four things that a ward clerk knows at discharge. Its weights are invented for this hospital, and fit
the returns to any hospital, as claims show them.
"""

import numpy as np
import pandas as pd

from wardround.hospital.cohort import cohort
from wardround.hospital.stream import sigmoid

_OWN = ("HOME-MAIN", "HOME-EAST")


def call_list(admissions: pd.DataFrame, patients: pd.DataFrame) -> pd.DataFrame:
    """Return the discharges from our two hospitals that can be followed, each with its score and what followed.

    Args:
        admissions: the public table.
        patients: the public table.

    Returns:
        One row per index stay at HOME-MAIN or HOME-EAST, by encounter_id: `encounter_id`, `group`, `p` (the score: the
        probability of an unplanned return within 30 days), `back_here` (bool: such a return, to one of our two
        hospitals: all that our own records show) and `back_anywhere` (bool: such a return to any hospital, as the
        payers' claims show it).
    """
    table = {str(name): admissions[name].to_numpy() for name in admissions}
    table |= {name: table[name].astype(np.str_) for name in ("class", "disposition")}
    found = cohort(table)
    stays = admissions.assign(index=found.eligible, back_anywhere=found.readmitted)
    inpatient = stays[stays["class"] == "inpatient"].sort_values(["patient_id", "admit_time"])
    place = inpatient.groupby("patient_id")["facility"].shift(-1)
    inpatient = inpatient.assign(back_here=inpatient["back_anywhere"] & place.isin(_OWN))
    followed = inpatient[inpatient["index"] & inpatient["facility"].isin(_OWN)].merge(patients, on="patient_id")
    days = (followed["discharge_time"] - followed["admit_time"]).dt.total_seconds() / 86_400
    logit = -2.45 + 0.06 * (followed["age"] - 60) / 10 + 0.30 * followed["prior_year_admissions"].clip(upper=4)
    logit += 0.28 * np.log(days) + 0.32 * followed["lives_alone"]
    shown = followed.assign(p=np.round(sigmoid(logit.to_numpy()), 4)).sort_values("encounter_id")
    return shown[["encounter_id", "group", "p", "back_here", "back_anywhere"]].reset_index(drop=True)
