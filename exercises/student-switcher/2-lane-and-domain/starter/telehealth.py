"""Telehealth: which reading of a watch deserves a call tonight?

Run `python telehealth.py`: it compares your alerts with those of a watch as it comes. All data are synthetic.
For learning, not for clinical use.
"""

import pandas as pd

from wardround.hospital import build

FAST = 100  # beats per minute; above it a heart is fast, if its owner sits or sleeps
LOW = 92  # percent; below it there is too little oxygen in the blood
STILL = 20  # steps in five minutes; fewer than these and nobody calls it walking


def as_it_comes(readings: pd.DataFrame) -> pd.DataFrame:
    """Give the alerts of a watch as it comes: one for every single reading beyond a limit. This is given.

    Returns:
        One row per alert: `device_id`, `time`, `kind` ("fast heart" or "low oxygen").
    """
    fast = readings.loc[readings["heart_rate"] > FAST, ["device_id", "time"]].assign(kind="fast heart")
    low = readings.loc[readings["spo2"] < LOW, ["device_id", "time"]].assign(kind="low oxygen")
    return pd.concat([fast, low], ignore_index=True)


def in_a_row(readings: pd.DataFrame, flag: pd.Series) -> pd.Series:
    """Count for each row how many readings of the same watch in a row have been flagged, up to this one. This is given.

    A flag that is False, True, True, True, False, True gives 0, 1, 2, 3, 0, 1.

    Args:
        readings: sorted by `device_id` and `time`; rows of one watch stand together.
        flag: True or False for each row, with the index of `readings`.
    """
    new_watch = readings["device_id"] != readings["device_id"].shift()
    run = (new_watch | ~flag).cumsum()  # a number for each run of flagged readings
    return flag.groupby(run).cumsum().astype(int)


def find_alerts(readings: pd.DataFrame) -> pd.DataFrame:
    """Say when somebody should be called, and when a watch has gone silent.

    Args:
        readings: one row per watch and five minutes, in no order: `device_id`, `time`, `heart_rate`, `spo2`, `steps`.

    Returns:
        One row per alert: `device_id`, `time` (of the reading at which it is raised), `kind` ("fast heart",
        "low oxygen" or "no data").
    """
    # TODO: sort by watch and time. Make three columns of True and False: fast while still, low, missing.
    #       Then choose how many readings in a row are enough, and raise each alert once: at the reading that makes it so.
    raise NotImplementedError("find_alerts is not written yet")


def per_watch_and_day(alerts: pd.DataFrame, readings: pd.DataFrame) -> float:
    """Count the alerts for each watch and day, notices of "no data" left out. This is given."""
    days = len(readings) * 5 / (24 * 60)  # every reading stands for five minutes of one watch
    return float((alerts["kind"] != "no data").sum() / days)


def main() -> None:
    """Print the two numbers for telehealth.yaml."""
    readings = build(seed=1).public("wearables")
    print(f"today: {per_watch_and_day(as_it_comes(readings), readings):.2f} alerts for each watch and day")
    alerts = find_alerts(readings)
    print(f"yours: {per_watch_and_day(alerts, readings):.2f} alerts for each watch and day")
    print(alerts["kind"].value_counts().to_string())


if __name__ == "__main__":
    main()
