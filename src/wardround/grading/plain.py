"""Plain data: what may cross the border between a check and a learner's code.

Everything that crosses is copied, so neither side can change what the other holds, and rebuilt from known types
only, so a learner's class (with an `__eq__` of its own, say) never decides a check. A sandboxed process can stand
behind the same border.
"""

import dataclasses
import datetime as dt
import decimal
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

DEPTH = 40  # how deep lists and dicts may nest
_ATOMS = (
    type(None),
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    dt.datetime,
    dt.date,
    dt.time,
    dt.timedelta,
    decimal.Decimal,
)
_PANDAS_ATOMS = (pd.Timestamp, pd.Timedelta, pd.Period, pd.Interval, type(pd.NaT), type(pd.NA))


class NotPlainError(TypeError):
    """A value that cannot cross; the text names its type, such as `a LogisticRegression`."""


class Record(Mapping[str, Any]):
    """A dataclass or named tuple that has crossed: its fields, by attribute or by key."""

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self._name = name
        self._fields = fields

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_") or key not in self._fields:
            raise AttributeError(key)
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        inside = ", ".join(f"{key}={value!r}" for key, value in self._fields.items())
        return f"{self._name}({inside})"


def copy_plain(value: Any, depth: int = 0) -> Any:
    """Return a deep copy built from plain types only; raise NotPlainError for anything else."""
    kind = type(value)
    if kind in _ATOMS or kind in _PANDAS_ATOMS:
        return value
    if depth > DEPTH:
        raise NotPlainError(f"lists or dicts nested more than {DEPTH} deep")
    if kind in (list, tuple, set, frozenset):
        return kind(copy_plain(item, depth + 1) for item in value)
    if kind is dict:
        return {copy_plain(key, depth + 1): copy_plain(item, depth + 1) for key, item in value.items()}
    for known, copy in _COPIERS:
        if isinstance(value, known):
            return copy(value, depth)
    fields = _fields(value)
    if fields is not None:
        return Record(kind.__name__, copy_plain(fields, depth))
    for base in _BASES:  # a subclass crosses as its base
        if isinstance(value, base):
            return copy_plain(base(value), depth)
    raise NotPlainError(type_name(value))


def type_name(value: object) -> str:
    """Name a value's type for a sentence: `None`, `a DataFrame`, `an int`."""
    if value is None:
        return "None"
    own = "".join(sign for sign in type(value).__name__ if sign.isprintable())
    name = {"str": "text", "ndarray": "NumPy array"}.get(own, own if len(own) <= 40 else own[:40] + "…")
    if name == "text":
        return name
    return f"{'an' if name[:1] in 'aeiouAEIOU' else 'a'} {name}"


def _fields(value: Any) -> dict[str, Any] | None:
    """Return the fields of a dataclass or a named tuple."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return dict(zip(value._fields, value, strict=True))
    return None


def _frame(value: Any, depth: int) -> Any:
    plain = pd.DataFrame(value).copy(deep=True)  # of a subclass: the DataFrame below it
    plain.attrs = {}
    for n, dtype in enumerate(plain.dtypes):
        _known(dtype)
        if isinstance(dtype, np.dtype) and dtype.kind == "O":
            _objects(plain.iloc[:, n].tolist(), depth)
    plain.index, plain.columns = _index(plain.index, depth), _index(plain.columns, depth)
    return plain


def _array(value: Any, depth: int) -> Any:
    if isinstance(value, np.ma.MaskedArray):
        raise NotPlainError("a masked NumPy array")
    plain = np.array(value, copy=True, subok=False)
    if plain.dtype.kind == "O":
        _objects(plain.ravel().tolist(), depth)
    return plain


def _series(value: Any, depth: int) -> Any:
    _known(value.dtype)
    if value.dtype == object:
        _objects(value.tolist(), depth)
    plain = pd.Series(value).copy(deep=True)
    plain.attrs, plain.name, plain.index = {}, copy_plain(value.name), _index(value.index, depth)
    return plain


def _index(value: Any, depth: int) -> Any:
    for level in value.levels if isinstance(value, pd.MultiIndex) else [value]:
        _known(level.dtype)
        if level.dtype == object:
            _objects(level.tolist(), depth)
    if not _is_of_pandas(value):
        raise NotPlainError(type_name(value))
    return value.copy(deep=True)


def _is_of_pandas(value: object) -> bool:
    return getattr(pd, type(value).__name__, None) is type(value)


def _known(dtype: Any) -> None:
    """Refuse an array type of the learner's own: its comparisons would be theirs."""
    if not isinstance(dtype, np.dtype) and not _is_of_pandas(dtype):
        raise NotPlainError(f"values of the type {dtype}")


def _objects(values: list[Any], depth: int) -> None:
    """Refuse an object column with a cell that is not plain."""
    if not {type(value) for value in values} <= set(_ATOMS):
        for value in values:
            copy_plain(value, depth + 1)


_COPIERS: tuple[tuple[type, Callable[[Any, int], Any]], ...] = (
    (np.generic, lambda value, depth: np.asarray(value)[()]),
    (np.ndarray, _array),
    (pd.DataFrame, _frame),
    (pd.Series, _series),
    (pd.Index, _index),
    (pd.api.extensions.ExtensionArray, lambda value, depth: _series(pd.Series(value), depth).array),
)
_BASES: tuple[Any, ...] = (bool, int, float, str, list, tuple, dict)
