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
    # --- solution: the README has the bands; a limit belongs to the band that names it, and a gap to none
    bands = {  # highest value of each band but the last, and the points of each
        "respiratory_rate": ([8, 11, 20, 24], [3, 1, 0, 2, 3]),
        "spo2": ([91, 93, 95], [3, 2, 1, 0]),
        "systolic_bp": ([90, 100, 110, 219], [3, 2, 1, 0, 3]),
        "pulse": ([40, 50, 90, 110, 130], [3, 1, 0, 1, 2, 3]),
        "temperature": ([35.0, 36.0, 38.0, 39.0], [3, 1, 0, 1, 2]),
    }
    score = 2 * vitals["on_oxygen"].to_numpy(dtype=int) + 3 * (vitals["consciousness"] != "A").to_numpy(dtype=int)
    for sign, (limits, points) in bands.items():
        value = vitals[sign].to_numpy(dtype=float)
        score += np.where(np.isnan(value), 0, np.append(points, 0)[np.searchsorted(limits, value)])
    return pd.DataFrame({"score": score, "missing": vitals[SIGNS].isna().sum(axis=1).to_numpy()})
    # --- end


def alerts(vitals: pd.DataFrame) -> pd.DataFrame:
    """Decide when to call a nurse to whom.

    Args:
        vitals: observations of many stays, in no order: `encounter_id`, `time` and the columns that `news2` reads.

    Returns:
        One row per alert: `encounter_id` and `time`, which is the time of the observation that made it ring.
    """
    # --- solution: sort, fill gaps from what was known before, score, ring; then keep quiet for a while, stay by stay
    rows = vitals.sort_values(["encounter_id", "time"]).reset_index(drop=True)
    rows[SIGNS] = rows.groupby("encounter_id")[SIGNS].ffill()
    high = rows.loc[news2(rows)["score"] >= 5, ["encounter_id", "time"]]
    last: dict[int, pd.Timestamp] = {}
    rings = []
    for row in high.itertuples(index=False):
        ring = row.encounter_id not in last or row.time - last[row.encounter_id] >= QUIET
        rings.append(ring)
        if ring:
            last[row.encounter_id] = row.time
    return high[np.array(rings, dtype=bool)]
    # --- end


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
