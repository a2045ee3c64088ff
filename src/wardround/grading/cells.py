"""The cells of a learner's tables and vectors: made clean, or told of in a sentence."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from wardround.grading.faults import WrongForm
from wardround.grading.plain import type_name
from wardround.wording import counted, listed

KINDS = {
    "id": "ids, none missing",
    "bool": "True or False in every row",
    "number": "finite numbers",
    "text": "text",
    "time": "times",
    "any": "any values",
}


def clean_column(values: Any, kind: str, what: str, *, sql: bool = False) -> Any:
    """Return a column's values if all are of the kind; else raise WrongForm, with advice in SQL if `sql`."""
    missing = int(np.asarray(pd.isna(values)).sum())
    if missing and kind != "any":
        raise WrongForm(
            f"{what} has {counted(missing, 'missing value')} in {counted(len(values), 'row')}; expected {KINDS[kind]}."
        )
    if kind == "number":
        if sql and getattr(values.dtype, "kind", "") == "m":
            raise WrongForm(
                f"{what} holds intervals ({sample_of(values)}); expected numbers. "
                "For days, divide epoch(a - b) by 86400."
            )
        return numbers_of(values, what)
    if kind == "bool":
        return booleans(values, what)
    if kind == "time":
        if getattr(values.dtype, "kind", "") != "M":
            remedy = "Leave it a TIMESTAMP, or use cast(... as timestamp)." if sql else "Use pd.to_datetime."
            raise WrongForm(f"{what} holds {sample_of(values)}; expected times. {remedy}")
        return np.asarray(values)
    if kind == "text":
        if not all(isinstance(value, str) for value in values):
            raise WrongForm(f"{what} holds {sample_of(values)}; expected text.")
        return np.asarray(values, dtype=object)
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind}; use one of {listed(KINDS)}")
    return values.array


def booleans(values: Any, what: str) -> NDArray[np.bool_]:
    """Return True and False for a column of them, of 1 and 0, or of both as objects."""
    cells = np.asarray(values)
    if cells.dtype.kind == "b":
        return cells
    unlike = [v for v in cells.tolist() if v not in (0, 1)] if cells.dtype.kind in "iufO" else cells.tolist()
    if unlike:
        raise WrongForm(f"{what} holds `{short(unlike[0])}`; expected {KINDS['bool']}.")
    return cells.astype(bool)


def numbers_of(values: Any, what: str) -> NDArray[np.float64]:
    """Return finite floats; else raise WrongForm."""
    dtype = np.asarray(values).dtype if not hasattr(values, "dtype") else values.dtype
    numbers = None
    if getattr(dtype, "kind", "O") in "biufO":
        with suppress(TypeError, ValueError):
            cells = np.asarray(values)
            if not (cells.dtype.kind == "O" and any(isinstance(v, str | bytes) for v in cells.ravel().tolist())):
                numbers = cells.astype(float)
    if numbers is None:
        raise WrongForm(f"{what} holds {sample_of(values)}; expected numbers.")
    bad = ~np.isfinite(numbers)
    if bad.any():
        n = int(bad.sum())
        raise WrongForm(f"{what} has {counted(n, 'missing or infinite value')}; expected finite numbers.")
    return numbers


def ids_of(ids: Any, call: str) -> list[Any]:
    """Return ids as plain ints and texts, in order; else raise WrongForm."""
    if isinstance(ids, str | bytes) or not isinstance(ids, Iterable):
        raise WrongForm(f"{call} gave {type_name(ids)} where ids were expected.")
    values = ids.tolist() if isinstance(ids, np.ndarray | pd.Series | pd.Index) else list(ids)
    if not values or type(values[0]) is int:
        kinds = set(map(type, values))
        if kinds <= {int}:
            return values
    out = []
    for given in values:
        value = given.item() if isinstance(given, np.generic) else given
        if isinstance(value, float) and value.is_integer():
            value = int(value)  # ids that went through a join come back as floats
        if not isinstance(value, int | str) or isinstance(value, bool):
            raise WrongForm(f"{call} gave `{short(value)}` where an id was expected.")
        out.append(value)
    return out


def order_of(value: Any) -> tuple[bool, Any]:
    """Sort ids that are numbers before ids that are text."""
    return isinstance(value, str), value


def and_more(n: int) -> str:
    """Return ` (3 more like it)`, or nothing."""
    return f" ({n:,} more like it)" if n > 0 else ""


def sample_of(values: Any) -> str:
    """Quote the first of some values."""
    cells = np.asarray(values).ravel()
    return f"`{short(cells[0])}` and the like" if cells.size else "nothing"


def short(value: Any) -> str:
    """Return a value as text of at most 40 characters."""
    if isinstance(value, float | np.floating):
        return rounded(float(value))
    try:
        text = str(value)
    except ValueError:  # Python refuses to write out a whole number of more than 4300 digits
        return "a number of thousands of digits"
    return text if len(text) <= 40 else text[:40] + "…"


def rounded(number: float) -> str:
    """Return a number with four digits."""
    return f"{number:.4g}"


def rounded_apart(a: float, b: float) -> tuple[str, str]:
    """Round two numbers as far as they still differ."""
    for digits in (3, 4, 6, 9, 17):
        left, right = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if left != right:
            break
    return left, right
