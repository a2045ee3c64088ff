"""Emergency arrivals: how many people will come in each hour of the next days, with an honest range.

Run `python forecast.py` to try your functions on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

import numpy as np
import pandas as pd

from wardround.hospital import build

HOUR = pd.Timedelta(hours=1)


def count_by_hour(arrivals: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp) -> pd.DataFrame:
    """Count who arrived in each hour.

    Args:
        arrivals: one row per arrival; the columns stand in the README.
        start: the first hour's begin.
        end: where the last hour ends: an arrival at this minute belongs to no hour.

    Returns:
        One row per hour from start to end, in order: `time` (the hour's begin), `arrivals` (how many).
    """
    # TODO: round each arrival down to its hour and count; what becomes of an hour in which nobody came?
    raise NotImplementedError("count_by_hour is not written yet")


def forecast(arrivals: pd.DataFrame, as_of: pd.Timestamp, hours: int) -> pd.DataFrame:
    """Say how many people will arrive in each of the next hours, and within which range.

    Args:
        arrivals: one row per arrival, of two years. What happened at or after `as_of` is not known yet.
        as_of: now, on the hour.
        hours: how many hours to look ahead.

    Returns:
        One row per hour from as_of on, in order: `time` (the hour's begin), `mean` (expected arrivals), `low` and
        `high` (nine hours of ten should have low <= arrivals <= high).
    """
    # TODO: forget what is not known yet; then find what repeats, by hour and by weekday
    raise NotImplementedError("forecast is not written yet")


def main() -> None:
    """Forecast four weeks of the practice hospital, and compare with what came and with the naive guess."""
    arrivals = build(seed=1).public("er_arrivals")
    week = 7 * 24
    for day in ("2024-02-05", "2024-05-13", "2024-08-19", "2024-11-25"):
        as_of = pd.Timestamp(f"{day} 07:00")
        said = forecast(arrivals, as_of, week)
        came = count_by_hour(arrivals, as_of, as_of + week * HOUR)["arrivals"].to_numpy()
        naive = count_by_hour(arrivals, as_of - week * HOUR, as_of)["arrivals"].to_numpy()
        held = np.mean((said["low"] <= came) & (came <= said["high"]))
        print(
            f"{day}: off by {np.mean(np.abs(came - said['mean'])):.2f} patients an hour; last week's same hour "
            f"{np.mean(np.abs(came - naive)):.2f}; the range held in {held:.0%} of the hours, "
            f"mean width {np.mean(said['high'] - said['low']):.1f}"
        )


if __name__ == "__main__":
    main()
