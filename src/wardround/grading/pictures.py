"""What a check can show beside its sentence: a table, lines, bars, or the walk of one patient through the steps.

A check gives plain data, which is made clean here: text on one line and not endless, numbers finite, sizes bounded.
Nothing is drawn before a card (`picture_text`) or a report (`picture_svg`) is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from typing import Any

Cell = str | float | bool | None
Ends = float | tuple[float, float]

LONGEST_TEXT = 400  # characters; what is longer is cut
MOST_ROWS = 400  # of a table, bars or a walk; the middle of more is left out
MOST_COLUMNS = 12
MOST_POINTS = 5_000  # of a line
MOST_LINES = 6
MOST_MARKS = 20
LARGEST = 1e100  # what is beyond it, no scale can show


class Picture:
    """What `show` takes."""

    title: str

    def as_json(self) -> dict[str, Any]:
        """Return plain data, with the `kind` of picture: table, lines, bars or walk."""
        return {"kind": type(self).__name__.lower(), **asdict(self)}  # type: ignore[call-overload]


@dataclass(frozen=True)
class Table(Picture):
    """Rows under column names. Numbers stand right; a year or an id is better given as text. None is a gap."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    left_out: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        head = tuple(_text(name) for name in self.head)
        if not 1 <= len(head) <= MOST_COLUMNS:
            raise ValueError(f"a table has 1 to {MOST_COLUMNS} columns; got {len(head)}")
        rows, left_out = _bounded(self.rows)
        rows = tuple(tuple(_cell(cell) for cell in row) for row in rows)
        if any(len(row) != len(head) for row in rows):
            raise ValueError(f"each row of the table {self.title!r} needs {len(head)} cells, as its head has")
        _set(self, title=_text(self.title), head=head, rows=rows, left_out=left_out)


@dataclass(frozen=True)
class Mark:
    """A place on the x axis of lines that is named."""

    x: float
    text: str

    def __post_init__(self) -> None:
        _set(self, x=_finite(self.x), text=_text(self.text))


@dataclass(frozen=True)
class Lines(Picture):
    """One or more lines over a common x, such as weeks; None is a gap in a line.

    `x_name` is what x counts ("week"), `unit` what the lines count; `limits` are level lines with a name.
    """

    title: str
    x: Sequence[float]
    lines: Mapping[str, Sequence[float | None]]
    unit: str = ""
    marks: Sequence[Mark] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    x_name: str = ""

    def __post_init__(self) -> None:
        x = tuple(_finite(value) for value in self.x)
        if not 1 <= len(x) <= MOST_POINTS or any(b < a for a, b in pairwise(x)):
            raise ValueError(
                f"x of the lines {self.title!r} needs 1 to {MOST_POINTS} values, none below the one before"
            )
        lines = {_text(name): tuple(_number(value) for value in line) for name, line in self.lines.items()}
        if not 1 <= len(lines) <= MOST_LINES or any(len(line) != len(x) for line in lines.values()):
            raise ValueError(f"{self.title!r} needs 1 to {MOST_LINES} lines, each with as many values as x: {len(x)}")
        limits = {_text(name): _finite(value) for name, value in self.limits.items()}
        if len(limits) > MOST_LINES:
            raise ValueError(f"{self.title!r} takes at most {MOST_LINES} limits; got {len(limits)}")
        marks = tuple(self.marks)[:MOST_MARKS]
        _set(self, title=_text(self.title), x=x, lines=lines, limits=limits, marks=marks)
        _set(self, unit=_text(self.unit), x_name=_text(self.x_name))


@dataclass(frozen=True)
class Bars(Picture):
    """One bar a name: from zero to a value, or from a low value to a high one."""

    title: str
    bars: Mapping[str, Ends]
    unit: str = ""
    left_out: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        pairs, left_out = _bounded(tuple(self.bars.items()))
        bars = {_text(name): _ends(ends) for name, ends in pairs}
        if not bars:
            raise ValueError(f"{self.title!r} needs one bar at least")
        _set(self, title=_text(self.title), bars=bars, unit=_text(self.unit), left_out=left_out)


@dataclass(frozen=True)
class Stop:
    """One stop of a walk: when, at which step, what happened, and whether that is as it should be."""

    time: str
    step: str
    text: str
    ok: bool = True

    def __post_init__(self) -> None:
        _set(self, time=_text(self.time), step=_text(self.step), text=_text(self.text), ok=bool(self.ok))


@dataclass(frozen=True)
class Walk(Picture):
    """One patient (or one alert, or one claim) on its way through the steps of a workflow."""

    title: str
    stops: Sequence[Stop]
    left_out: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        stops, left_out = _bounded(self.stops)
        if not all(isinstance(stop, Stop) for stop in stops):
            raise TypeError(f"the walk {self.title!r} takes Stops")
        _set(self, title=_text(self.title), stops=stops, left_out=left_out)


def _set(picture: object, **values: object) -> None:
    for name, value in values.items():
        object.__setattr__(picture, name, value)


def _bounded(rows: Iterable[Any]) -> tuple[tuple[Any, ...], int]:
    """Return the rows, without the middle if there are too many, and how many were left out."""
    rows = tuple(rows)
    half = MOST_ROWS // 2
    return (rows, 0) if len(rows) <= MOST_ROWS else (rows[:half] + rows[-half:], len(rows) - 2 * half)


def _text(value: object) -> str:
    """Return text as one line that any terminal, file and page can hold: it may be a learner's own."""
    if not isinstance(value, str):
        raise TypeError(f"a picture's text must be a str; got {value!r:.80}")
    head = value[: 2 * LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
    line = " ".join("".join(c if c.isprintable() else " " for c in head).split())
    return line if len(line) <= LONGEST_TEXT else line[: LONGEST_TEXT - 3] + "..."


def _number(value: Any) -> float | None:
    """Return a Python number; None for a gap (None or NaN); raise for anything else."""
    plain = value.item() if hasattr(value, "item") else value  # NumPy's numbers have it
    if plain is None or plain != plain:  # noqa: PLR0124  (NaN)
        return None
    if isinstance(plain, bool) or not isinstance(plain, int | float):
        raise TypeError(f"a picture takes numbers or None; got {value!r:.80}")
    if abs(plain) > LARGEST:
        raise ValueError(f"a picture takes finite numbers up to {LARGEST:g}; got {value!r:.80}")
    return plain if plain == 0 or abs(plain) > 1 / LARGEST else 0.0


def _finite(value: Any) -> float:
    number = _number(value)
    if number is None:
        raise ValueError("a picture takes no gap here; got None or NaN")
    return number


def _ends(value: Any) -> Ends:
    if isinstance(value, tuple | list):
        low, high = (_finite(end) for end in value)
        return (min(low, high), max(low, high))
    return _finite(value)


def _cell(value: Any) -> Cell:
    plain = value.item() if hasattr(value, "item") and not isinstance(value, str) else value
    if isinstance(plain, bool):
        return plain
    return _text(plain) if isinstance(plain, str) else _number(plain)
