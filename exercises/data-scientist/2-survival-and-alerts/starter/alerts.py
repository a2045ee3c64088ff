"""From a chart of vital signs to alerts that a ward can answer.

Run `python alerts.py` to count your alerts on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

from wardround.hospital import build

PATIENTS = 160_000
SIGNS = ["respiratory_rate", "spo2", "systolic_bp", "pulse", "temperature"]
QUIET = pd.Timedelta(hours=12)  # after an alert, its stay does not alert again for so long


def news2(vitals: pd.DataFrame) -> pd.DataFrame:
    """Add up NEWS2 (oxygen scale 1) for each row of observations.

    Args:
        vitals: rows with the `SIGNS` (NaN where a sign was not taken), `on_oxygen` and `consciousness`.

    Returns:
        One row for each row of `vitals`, in its order: `score` (points of what was taken) and `missing` (how many of
        the five `SIGNS` were not taken).
    """
    # TODO: the README has the bands; a limit belongs to the band that names it, and a gap to none
    raise NotImplementedError("news2 is not written yet")


def alerts(vitals: pd.DataFrame) -> pd.DataFrame:
    """Decide when to call a nurse to whom.

    Args:
        vitals: observations of many stays, in no order: `encounter_id`, `time` and the columns that `news2` reads.

    Returns:
        One row per alert: `encounter_id` and `time`, which is the time of the observation that made it ring.
    """
    # TODO: sort, fill gaps from what was known before, score, ring; then keep quiet for a while, stay by stay
    raise NotImplementedError("alerts is not written yet")


def main() -> None:
    """Count what your alerts would do on the practice hospital, beside the calls of the emergency team."""
    hospital = build(seed=1, patients=PATIENTS)
    vitals, calls = hospital.public("vitals"), hospital.truth("deteriorations")
    rung = alerts(vitals).merge(calls, on="encounter_id", how="left")
    seen = vitals.groupby("encounter_id")["time"].agg(["min", "max"])
    days = ((seen["max"] - seen["min"]) / pd.Timedelta(days=1)).sum()
    hours = (rung["event_time"] - rung["time"]) / pd.Timedelta(hours=1)
    in_time = hours.between(1, 24)
    found = rung.loc[in_time, "encounter_id"].nunique()
    print(f"{len(rung):,} alerts in {days:,.0f} patient-days: {len(rung) / days:.3f} a patient and day")
    print(f"{found} of {len(calls)} deteriorations rang 1 to 24 hours before: {found / len(calls):.0%}")
    print(f"{in_time.sum()} of {len(rung):,} alerts were such: {in_time.mean():.1%}")


if __name__ == "__main__":
    main()
