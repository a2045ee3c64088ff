"""Operating rooms: cases in staffed blocks, with the minutes a patient was in the room and those nobody was."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from wardround.hospital.period import DAY, LENGTH, clock
from wardround.hospital.stream import Floats, Table, stream


@dataclass(frozen=True)
class Procedure:
    """A kind of operation: median minutes in the room, and their spread (standard deviation of the logarithm)."""

    name: str
    minutes: int
    spread: float


PROCEDURES = (
    Procedure("gallbladder removal", 75, 0.28),
    Procedure("hernia repair", 60, 0.30),
    Procedure("hip replacement", 95, 0.20),
    Procedure("knee replacement", 90, 0.18),
    Procedure("bowel resection", 165, 0.35),
    Procedure("coronary bypass", 240, 0.22),
    Procedure("spinal fusion", 180, 0.40),
)
ROOMS = 8
BLOCK = (7 * 60 + 30, 16 * 60)
"""A room is staffed from 07:30 to 16:00 on weekdays, in minutes of the day."""
_SURGEONS = 24
_CANCELLED = 0.03
_TURNOVER = 30  # minutes the schedule allows between cases


def make_cases(seed: int) -> Table:
    """Make one row per scheduled case in eight rooms on the weekdays of two years.

    Times are when the patient is wheeled into and out of the room; both are NaT for a case cancelled on the day, as all
    are that cannot begin within half an hour of the block's end. The time between one patient's way out and the next
    one's way in is turnover; what lies after `block_end` is overtime. Every room has a case on every weekday.
    """
    r = stream(seed, "operating_rooms")
    days = np.arange(LENGTH // DAY)
    days = days[(days + 6) % 7 < 5]  # the record begins on a Sunday
    day, room = (grid.ravel() for grid in np.meshgrid(days, np.arange(ROOMS), indexing="ij"))
    median = np.array([p.minutes for p in PROCEDURES])
    spread = np.array([p.spread for p in PROCEDURES])
    pace = r.normal(0, 0.10, _SURGEONS)
    planned = np.full(day.size, BLOCK[0])
    free = BLOCK[0] + r.normal(9, 8, day.size).clip(0, None)  # the first case rarely starts on the minute
    open_ = np.ones(day.size, dtype=np.bool_)
    parts: list[Table] = []
    while open_.any():
        kind = r.integers(0, median.size, day.size)
        surgeon = r.integers(0, _SURGEONS, day.size)
        scheduled = (np.round(median[kind] * 1.02 / 5) * 5).astype(np.int64)
        minutes = median[kind] * np.exp(pace[surgeon] + r.normal(0, 1, day.size) * spread[kind])
        cancelled = (r.random(day.size) < _CANCELLED) | (free > BLOCK[1] + 30)
        fits = planned + scheduled <= BLOCK[1]
        open_ &= fits | (r.random(day.size) < 0.75)  # a case that does not fit: another is tried, or the list ends
        now = open_ & fits
        wheels_in = np.round(np.maximum(planned - 25 * (planned > BLOCK[0]), free)).astype(np.int64)
        wheels_out = np.round(wheels_in + minutes).astype(np.int64)
        parts.append(
            {
                "row": np.flatnonzero(now),
                "procedure": kind[now],
                "surgeon": surgeon[now],
                "planned": planned[now],
                "scheduled": scheduled[now],
                "in": wheels_in[now],
                "out": wheels_out[now],
                "cancelled": cancelled[now],
            }
        )
        rest = r.normal(25, 8, day.size).clip(12, None)
        free = np.where(now & ~cancelled, wheels_out + rest, free)
        planned = np.where(now, planned + scheduled + _TURNOVER, planned)
    case = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    midnight = day[case["row"]] * DAY
    never = np.datetime64("NaT")
    return {
        "case_id": 1 + stream(seed, "operating_rooms/ids").permutation(midnight.size),
        "room": room[case["row"]] + 1,
        "block_start": clock(midnight + BLOCK[0]),
        "block_end": clock(midnight + BLOCK[1]),
        "procedure": np.array([p.name for p in PROCEDURES])[case["procedure"]],
        "surgeon": case["surgeon"] + 1,
        "scheduled_start": clock(midnight + case["planned"]),
        "scheduled_minutes": case["scheduled"],
        "cancelled": case["cancelled"],
        "wheels_in": np.where(case["cancelled"], never, clock(midnight + case["in"])),
        "wheels_out": np.where(case["cancelled"], never, clock(midnight + case["out"])),
    }


def room_days(cases: Table) -> pd.DataFrame:
    """Add up the minutes of each room and day, from the public columns alone.

    Columns: room, date, cases (done), block (minutes staffed), in_use (with a patient in the room, within the block),
    span (from the first patient in to the last out), turnover (inside that span, nobody in the room), overtime (from
    the block's end to the last patient out). A room-day whose cases were all cancelled keeps its block.
    """
    frame = pd.DataFrame(cases)
    frame["date"] = frame["block_start"].dt.normalize().dt.as_unit("us")
    inside = frame["wheels_out"].clip(upper=frame["block_end"]) - frame["wheels_in"].clip(upper=frame["block_end"])
    frame["in_use"] = _minutes(inside)
    frame["in_room"] = _minutes(frame["wheels_out"] - frame["wheels_in"])
    days = frame.groupby(["room", "date"]).agg(
        cases=("wheels_in", "count"),
        block_start=("block_start", "first"),
        block_end=("block_end", "first"),
        first_in=("wheels_in", "min"),
        last_out=("wheels_out", "max"),
        in_use=("in_use", "sum"),
        in_room=("in_room", "sum"),
    )
    found = days.reset_index()[["room", "date", "cases"]]
    found["block"] = _minutes(days["block_end"] - days["block_start"])
    found["in_use"] = days["in_use"].to_numpy()
    found["span"] = _minutes(days["last_out"] - days["first_in"])
    found["turnover"] = found["span"] - days["in_room"].to_numpy()
    found["overtime"] = _minutes(days["last_out"] - days["block_end"]).clip(min=0)
    return found


def _minutes(length: "pd.Series[Any]") -> Floats:
    """Turn lengths of time into minutes; no time at all (a cancelled case) is 0."""
    return np.asarray(length.dt.total_seconds().fillna(0) / 60, dtype=np.float64)
