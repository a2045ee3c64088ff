"""Pictures as lines of text, for a scorecard in the terminal: aligned columns, about a dozen lines, no color.

Every function takes the width it may use, and returns rows of at most that many characters.
"""

import textwrap
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TypeVar

from wardround.grading.pictures import Bars, Cell, Ends, Lines, Picture, Stop, Table, Walk
from wardround.grading.scales import said, ticks, within
from wardround.wording import counted

MOST = 9  # rows of a table, bars, lines of a walk, before the middle is left out
HEIGHT = 7  # rows of a chart of lines; one less can be cut in two and in three
GAP = "  "
SIGNS = "•ox+%@"  # of the lines of a chart, in their order
COVERED = "Where two signs meet, the one that is named first hides the other."
STATES = {True: "✓ ok", False: "✗ fails"}
_Row = TypeVar("_Row")


def drawn(picture: Picture, width: int, clean: Callable[[str], str] = str) -> list[str]:
    """Return a picture's rows.

    Args:
        picture: What to draw.
        width: The columns there are.
        clean: Makes text fit for the terminal before its length is counted (`Pen.clean`).
    """
    draw: dict[type, Callable[..., list[str]]] = {Table: _table, Lines: _lines, Bars: _bars, Walk: _walk}
    unit = getattr(picture, "unit", "")
    title = clean(f"{picture.title} ({unit})" if unit else picture.title)
    rows = [*textwrap.wrap(title, width)[:2], *draw[type(picture)](picture, width, clean)]
    return [row.rstrip()[:width] for row in rows]


def _shortened(rows: Sequence[_Row], left_out: int) -> tuple[list[_Row], int, list[_Row]]:
    """Return the first rows, how many are not shown, and the last rows."""
    if len(rows) <= MOST and not left_out:
        return list(rows), 0, []
    head, tail = (MOST - 1) - (MOST - 1) // 2, (MOST - 1) // 2
    return list(rows[:head]), len(rows) + left_out - head - tail, list(rows[-tail:])


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 3)] + "..."


# Tables ---------------------------------------------------------------------------------------------------------------


def cells_said(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Return a table's cells as text, the numbers of a column with the same decimals."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    return [list(row) for row in zip(*(_column(column) for column in columns), strict=True)]


def _column(cells: Sequence[Cell]) -> list[str]:
    numbers = said([None if isinstance(cell, str | bool) else cell for cell in cells])
    words = [{True: "yes", False: "no"}[c] if isinstance(c, bool) else c if isinstance(c, str) else "" for c in cells]
    return [
        number or word or ("–" if cell is None else "")
        for number, word, cell in zip(numbers, words, cells, strict=True)
    ]


def numeric(rows: Sequence[Sequence[Cell]]) -> list[bool]:
    """Say of each column whether it holds numbers and gaps only, and so stands right."""
    return [all(cell is None or (not isinstance(cell, str | bool)) for cell in c) for c in zip(*rows, strict=True)]


def _table(table: Table, width: int, clean: Callable[[str], str]) -> list[str]:
    right = numeric(table.rows) or [False] * len(table.head)
    cells = [[clean(cell) for cell in row] for row in cells_said(table.rows)]
    top, hidden, bottom = _shortened(cells, table.left_out)
    head = [clean(name) for name in table.head]
    widths = [max(map(len, column)) for column in zip(head, *top, *bottom, strict=True)]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width and max(widths) > 4:
        widths[widths.index(max(widths))] -= 1

    def row(cells: Sequence[str]) -> str:
        cut = [_cut(cell, size) for cell, size in zip(cells, widths, strict=True)]
        return GAP.join(
            c.rjust(size) if side else c.ljust(size) for c, size, side in zip(cut, widths, right, strict=True)
        )

    named = [row(head), GAP.join("─" * size for size in widths)] if any(head) else []
    more = [f"... {counted(hidden, 'row')} more"] if hidden else []
    return [*named, *map(row, top), *more, *map(row, bottom)]


# Bars -----------------------------------------------------------------------------------------------------------------


def ends_said(bars: Sequence[Ends]) -> list[str]:
    """Return `12,000`, or `-20,000 to 35,000`, for each bar."""
    texts = iter(said([end for ends in bars for end in (ends if isinstance(ends, tuple) else (ends,))]))
    return [f"{next(texts)} to {next(texts)}" if isinstance(ends, tuple) else next(texts) for ends in bars]


def _bars(bars: Bars, width: int, clean: Callable[[str], str]) -> list[str]:
    values = list(bars.bars.values())
    rows = list(zip((clean(name) for name in bars.bars), ends_said(values), values, strict=True))
    top, hidden, bottom = _shortened(rows, bars.left_out)
    shown = [*top, *bottom]
    names = min(max(len(name) for name, _, _ in shown), width // 3)
    figures = max(len(figure) for _, figure, _ in shown)
    room = min(34, width - names - figures - 2 * len(GAP))
    if room < 10:  # no bar would tell anything
        room = 0
    ends = [end for value in values for end in (value if isinstance(value, tuple) else (value,))]
    low, high = min(0.0, *ends), max(0.0, *ends)

    def at(value: float) -> int:
        return round((value - low) / ((high - low) or 1.0) * (room - 1))

    def row(name: str, figure: str, value: Ends) -> str:
        if not room:
            return f"{_cut(name, width - figures - len(GAP)):<{names}}{GAP}{figure:>{figures}}"
        start, end = sorted(value if isinstance(value, tuple) else (0.0, value))
        line = ["█" if at(start) <= n <= at(end) and start != end else " " for n in range(room)]
        if start == end:
            line[at(start)] = "█" if isinstance(value, tuple) else " "
        line[at(0.0)] = "│"
        return f"{_cut(name, names):<{names}}{GAP}{figure:>{figures}}{GAP}{''.join(line)}"

    more = [f"... {counted(hidden, 'bar')} more"] if hidden else []
    zero = " " * (names + figures + 2 * len(GAP) + at(0.0)) + "0"
    return [*(row(*each) for each in top), *more, *(row(*each) for each in bottom), *([zero] if room else [])]


# Lines ----------------------------------------------------------------------------------------------------------------


def span(lines: Lines) -> tuple[float, float]:
    """Return the lowest and the highest value on the y axis: of lines and limits, and zero unless it is far away."""
    values = [v for line in lines.lines.values() for v in line if v is not None] + list(lines.limits.values())
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (min(low, 0.0) if low < high / 2 else low), (max(high, 0.0) if high > low / 2 else high)


def reach(lines: Lines) -> tuple[float, float]:
    """Return the ends of the x axis, which holds the marks too."""
    xs = [*lines.x, *(mark.x for mark in lines.marks)]
    return min(xs), max(xs)


def _lines(lines: Lines, width: int, clean: Callable[[str], str]) -> list[str]:
    scale = ticks(*span(lines), (2, 3))
    labels = dict(zip(range(HEIGHT - 1, -1, -((HEIGHT - 1) // (len(scale) - 1))), said(scale), strict=True))
    margin = max(map(len, labels.values()))
    room = width - margin - 2
    grid = _Grid(lines, scale, room)
    for limit in lines.limits.values():
        grid.level(limit)
    for mark in lines.marks:
        grid.upright(mark.x)
    for sign, line in reversed(list(zip(SIGNS, lines.lines.values(), strict=False))):
        grid.line(sign, lines.x, line)
    chart = [f"{labels.get(n, ''):>{margin}} │{''.join(row)}" for n, row in enumerate(grid.rows)]
    chart.append(" " * margin + " └" + "─" * room)
    chart.append(" " * (margin + 2) + _beneath(lines, grid.column, room, clean))
    chart += [" " * (margin + 2) + row for row in _marks(lines, grid.column, room, clean)]
    names = [f"{sign} {name}" for sign, name in zip(SIGNS, lines.lines, strict=False)]
    names += [f"- - {name}: {said([value])[0]}" for name, value in lines.limits.items()]
    met = [COVERED] if grid.hides else []
    return chart + [row for text in ("   ".join(names), *met) for row in textwrap.wrap(clean(text), width)[:3]]


class _Grid:
    """The rows and columns between the axes, and what is drawn there: each sign covers those before."""

    def __init__(self, lines: Lines, scale: Sequence[float], room: int) -> None:
        self.left, self.right = reach(lines)
        self.low, self.high = scale[0], scale[-1]
        self.room = room
        self.rows = [[" "] * room for _ in range(HEIGHT)]
        self.hides = False  # whether the sign of one line covers that of another

    def column(self, x: float) -> int:
        if self.right == self.left:
            return self.room // 2
        return round((x - self.left) / (self.right - self.left) * (self.room - 1))

    def row(self, value: float) -> list[str]:
        return self.rows[HEIGHT - 1 - round((value - self.low) / (self.high - self.low) * (HEIGHT - 1))]

    def level(self, value: float) -> None:
        self.row(value)[::2] = "-" * len(self.row(value)[::2])

    def upright(self, x: float) -> None:
        for row in self.rows:
            row[self.column(x)] = "│"

    def line(self, sign: str, xs: Sequence[float], values: Sequence[float | None]) -> None:
        """Draw a line's points; where they stand far apart, with small dots from each to the next, over no gap."""
        known = [(self.column(x), value) for x, value in zip(xs, values, strict=True)]
        far = len(known) * 4 <= self.room
        for (start, a), (end, b) in pairwise(known) if far else ():
            if a is not None and b is not None:
                for n in range(start + 1, end):
                    self.row(a + (b - a) * (n - start) / (end - start))[n] = "·"
        for column, value in known:
            if value is not None:
                row = self.row(value)
                self.hides = self.hides or (row[column] in SIGNS and row[column] != sign)
                row[column] = sign


def _beneath(lines: Lines, column: Callable[[float], int], room: int, clean: Callable[[str], str]) -> str:
    """Return the numbers below the x axis, the last one with the name of what they count."""
    places = within(*reach(lines), 6)
    row = ""
    for place, number in zip(places, said(places), strict=True):
        start = min(max(0, column(place) - len(number) // 2), room - len(number))
        if start >= len(row) + (2 if row else 0):
            row = row.ljust(start) + number
    name = clean(lines.x_name)
    return f"{row}  {name}" if name and len(row) + 2 + len(name) <= room else row


def _marks(lines: Lines, column: Callable[[float], int], room: int, clean: Callable[[str], str]) -> list[str]:
    rows = []
    for mark, number in zip(lines.marks[:3], said([mark.x for mark in lines.marks[:3]]), strict=True):
        at = column(mark.x)
        text = clean(f"{mark.text} ({lines.x_name + ' ' if lines.x_name else ''}{number})")
        if at + 2 + len(text) <= room:
            rows.append(" " * at + "^ " + text)
        elif at <= len(text):
            rows += [" " * at + "^", *textwrap.wrap(text, room)]
        else:
            rows.append(" " * (at - 1 - len(text)) + text + " ^")
    hidden = len(lines.marks) - 3
    return [*rows, f"... {counted(hidden, 'mark')} more"] if hidden > 0 else rows


# Walks ----------------------------------------------------------------------------------------------------------------


def _walk(walk: Walk, width: int, clean: Callable[[str], str]) -> list[str]:
    stops = [Stop(clean(s.time), clean(s.step), clean(s.text), s.ok) for s in walk.stops]
    kept = _telling(stops, walk.left_out)
    shown = [stops[n] for n in kept]
    times = min(max((len(s.time) for s in shown), default=0), 16)
    steps = min(max((len(s.step) for s in shown), default=0), 20)
    states = max((len(STATES[s.ok]) for s in shown), default=0)
    front = sum(size + len(GAP) for size in (times, states, steps) if size)
    beside = width - front >= 20  # else what happened stands below
    rows: list[str] = []
    before = -1
    for n, stop in zip(kept, shown, strict=True):
        skipped = n - before - 1
        if walk.left_out and before < len(stops) // 2 <= n:
            skipped += walk.left_out
        if skipped:
            rows.append(f"... {counted(skipped, 'stop')} more")
        before = n
        parts = [
            _cut(stop.time, times).ljust(times),
            STATES[stop.ok].ljust(states),
            _cut(stop.step, steps).ljust(steps),
        ]
        head = "".join(part + GAP for part in parts if part)
        indent = front if beside else 2
        text = textwrap.wrap(stop.text, width - indent, max_lines=2, placeholder=" ...") or [""]
        rows += [head + text.pop(0)] if beside else [head]
        rows += [" " * indent + more for more in text]
    return rows


def _telling(stops: Sequence[Stop], left_out: int) -> list[int]:
    """Choose the stops to show: the first, the last, those that fail and the ones before them, then from the ends."""
    size = len(stops)
    failing = [n for n, stop in enumerate(stops) if not stop.ok]
    ends = [n for pair in zip(range(size), reversed(range(size)), strict=True) for n in pair]
    wanted = dict.fromkeys([*ends[:2], *failing[:3], *(n - 1 for n in failing[:1] if n), *ends])
    kept: set[int] = set()
    for n in wanted:
        gaps = sum(m - 1 not in kept | {n} and m > 0 for m in kept | {n})
        if len(kept) + 1 + gaps <= MOST or size + left_out <= MOST:
            kept.add(n)
    return sorted(kept)
