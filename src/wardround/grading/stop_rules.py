"""A stop rule on weekly counts, replayed: after which week does it hold for the first time?

A rule looks back on some weeks, the one that has ended included. `pooled` adds up the counts of those weeks and then
takes the share; `each` wants the share of every one of them beyond the limit. A share of nobody is beyond nothing.
"""

from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

How = Literal["pooled", "each"]


def first_stop(
    part: ArrayLike, whole: ArrayLike, limit: float, *, weeks: int, how: How, below: bool = False
) -> int | None:
    """Return after how many weeks a rule holds for the first time, None if never.

    Args:
        part: What is counted in each week, in the order of the weeks.
        whole: Among which, week by week.
        limit: The share beyond which the rule holds: part / whole.
        weeks: How many weeks it looks back on; before there are so many, it does not hold.
        how: `pooled` or `each`.
        below: Whether the rule holds below the limit, instead of above.
    """
    parts, wholes = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    if how == "pooled":
        holds = _beyond(_sums(parts, weeks), _sums(wholes, weeks), limit, below)
    else:
        holds = _sums(_beyond(parts, wholes, limit, below), weeks) == weeks
    found = np.flatnonzero(holds)
    return weeks + int(found[0]) if found.size else None


def pooled(part: ArrayLike, whole: ArrayLike, weeks: int) -> list[float | None]:
    """Return for each week the share of the weeks up to it, counts added up; None before there are enough of them."""
    parts, wholes = _sums(np.asarray(part, dtype=float), weeks), _sums(np.asarray(whole, dtype=float), weeks)
    shares: list[float | None] = [float(p / w) if w > 0 else None for p, w in zip(parts, wholes, strict=True)]
    return [None] * (np.size(part) - len(shares)) + shares


def _beyond(part: NDArray[Any], whole: NDArray[Any], limit: float, below: bool) -> NDArray[np.bool_]:
    """Return where a share lies beyond the limit; a share of nobody never does."""
    beyond = part < limit * whole if below else part > limit * whole
    return np.asarray(beyond & (whole > 0), dtype=np.bool_)


def _sums(values: NDArray[Any], weeks: int) -> NDArray[Any]:
    """Return the sum of each run of so many weeks; nothing if there are fewer."""
    if weeks > values.size:
        return values[:0]
    return np.asarray(np.lib.stride_tricks.sliding_window_view(values, weeks).sum(axis=1))
