"""A readmission score run in silence: computed at each discharge, shown to nobody, compared with what came.

Version 1.3.0 adds points for what is known at discharge and was frozen before the run began, so nothing of the run is
in it. It is a plain score and no better than plain scores are. For about one patient in twelve the group is not
recorded.
"""

import numpy as np
import pandas as pd

from wardround.hospital.hospital import Hospital
from wardround.hospital.stream import sigmoid, stream

VERSION = "1.3.0"
FIRST_DISCHARGE = pd.Timestamp("2024-01-01")
VARIABLES = ("sex", "age_band", "group", "site")
"""The columns by which results are told apart."""
NOT_ASKED = 0.08
_SEXES = {"F": "female", "M": "male"}


def silent_run(hospital: Hospital) -> pd.DataFrame:
    """Return one row per index stay at the two HOME hospitals that ended in 2024, in no order.

    Columns: encounter_id, sex (female or male), age_band (18-64, 65-84, 85 and over), group (A, B, C, or None where it
    is not recorded), site (HOME-MAIN or HOME-EAST), earlier_stay (bool: in the year before; the rule to beat flags
    these), score (probability), returned (bool: an unplanned stay within 30 days, at whichever hospital).
    """
    stays = hospital.public("admissions").merge(hospital.public("patients"), on="patient_id")
    stays = stays.merge(hospital.truth("stays")[["encounter_id", "eligible", "readmit30"]], on="encounter_id")
    stays = stays[
        stays["eligible"] & (stays["facility"] != "OTHER") & (stays["discharge_time"] >= FIRST_DISCHARGE)
    ].reset_index(drop=True)
    days = (stays["discharge_time"] - stays["admit_time"]).dt.total_seconds() / 86_400
    odds = (
        -2.35
        + 0.40 * stays["prior_year_admissions"].clip(upper=4)
        + 0.25 * np.log(days)
        + 0.012 * (stays["age"] - 63)
        + 0.25 * stays["lives_alone"]
    )
    asked = stream(hospital.seed, "silent_run").random(len(stays)) >= NOT_ASKED
    return pd.DataFrame(
        {
            "encounter_id": stays["encounter_id"],
            "sex": stays["sex"].map(_SEXES),
            "age_band": np.select([stays["age"] < 65, stays["age"] < 85], ["18-64", "65-84"], "85 and over"),
            "group": stays["group"].astype(object).where(asked, None),
            "site": stays["facility"],
            "earlier_stay": stays["prior_year_admissions"] > 0,
            "score": np.round(sigmoid(odds.to_numpy()), 4),
            "returned": stays["readmit30"],
        }
    )
