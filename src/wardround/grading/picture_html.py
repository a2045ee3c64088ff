"""Pictures as HTML for the report: charts as SVG with their data in a table, walks as lists, tables as tables.

A chart is as wide as its place: x is in percent, y in px, and so its words keep their size on a phone.
"""

import textwrap
from collections.abc import Callable, Iterable, Sequence
from html import escape

from wardround.grading.picture_text import STATES, cells_said, ends_said, numeric, reach, span
from wardround.grading.pictures import Bars, Cell, Lines, Picture, Table, Walk
from wardround.grading.scales import said, ticks, within
from wardround.wording import counted, listed

HEIGHT = 220  # px of a chart of lines
LINE = 20  # px from one line of words to the next
BAR = 16  # px
LABEL = 36  # characters of a bar's name that fit a phone
TEXT = 24  # characters of a line in a cell
PHONE = 40  # characters of a table's row that fit a phone
ROWS = 200  # of a table behind a chart; a chart shows more
# Lines differ in color, dashes and the sign at their points; the first three are enough for most charts.
STROKES = (
    ("brand", "", "circle"),
    ("accent", "7 4", "square"),
    ("good", "2 4", "diamond"),
    ("caution", "10 4 2 4", "circle"),
    ("ink", "4 4", "square"),
    ("muted", "12 5", "diamond"),
)


def figure(picture: Picture, name: str) -> str:
    """Return a picture as a `<figure>`; `name` is unique on the page, for the ids within."""
    draw: dict[type, Callable[..., str]] = {Table: _table, Lines: _lines, Bars: _bars, Walk: _walk}
    return f'<figure class="picture">\n{draw[type(picture)](picture, name)}\n</figure>\n'


def table(caption: str, head: Sequence[str], rows: Sequence[Sequence[Cell]], left_out: int = 0) -> str:
    """Return a table with a caption; its first column names the rows. A wide one scrolls by itself."""
    right = [' class="number"' if side else "" for side in numeric(rows) or [False] * len(head)]
    names = [
        f'<th scope="col"{side}>{escape(name)}</th>' if name else f"<td{side}></td>"
        for name, side in zip(head, right, strict=True)
    ]
    said_rows = cells_said(rows)
    body = [_row(cells, right) for cells in said_rows]
    if left_out:
        half = len(body) // 2
        body.insert(half, f'<tr><td colspan="{len(head)}">... {counted(left_out, "row")} more</td></tr>')
    top = f"<thead><tr>{''.join(names)}</tr></thead>" if any(head) else ""
    made = f"<table><caption>{escape(caption)}</caption>{top}<tbody>\n{_joined(body)}\n</tbody></table>"
    sizes = [max(map(_least, column)) for column in zip(head, *said_rows, strict=True)]
    wide = sum(sizes) + 2 * len(sizes) > PHONE
    return f'<div class="wide" tabindex="0" role="group" aria-label="{escape(caption)}">{made}</div>' if wide else made


def _least(cell: str) -> int:
    """Return the characters below which a cell cannot be read: its longest word, or a short line of a long text."""
    return max(min(len(cell), TEXT), max(map(len, cell.split()), default=0))


def _row(cells: Sequence[str], right: Sequence[str]) -> str:
    first = f'<th scope="row"{_kind(cells[0], right[0])}>{escape(cells[0])}</th>' if cells[0] else "<td></td>"
    return f"<tr>{first}{''.join(map(_cell, cells[1:], right[1:]))}</tr>"


def _cell(text: str, side: str) -> str:
    return f"<td{_kind(text, side)}>{escape(text)}</td>"


def _kind(text: str, side: str) -> str:
    return side or (' class="text"' if len(text) > TEXT else "")


def _joined(parts: Iterable[str]) -> str:
    return "\n".join(parts)


def _caption(picture: Picture) -> str:
    unit = getattr(picture, "unit", "")
    return f"{picture.title} ({unit})" if unit else picture.title


def _table(picture: Table, _: str) -> str:
    return table(picture.title, picture.head, picture.rows, picture.left_out)


def _chart(picture: Picture, name: str, summary: str, height: int, parts: Iterable[str], *, style: str = "") -> str:
    caption = escape(_caption(picture))
    size = f'width="100%" height="{height}"'
    return (
        f"<figcaption>{caption}</figcaption>\n"
        f'<div class="chart"{style}><svg role="img" aria-labelledby="{name}-t {name}-d" {size}>\n'
        f'<title id="{name}-t">{caption}</title><desc id="{name}-d">{escape(summary)}</desc>\n'
        f"{_joined(parts)}\n</svg></div>"
    )


def _behind(data: str) -> str:
    return f"<details><summary>The data as a table</summary>\n{data}\n</details>"


def _text(words: str, x: str, y: float, anchor: str = "start", kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y:g}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


# Bars -----------------------------------------------------------------------------------------------------------------


def _bars(bars: Bars, name: str) -> str:
    values = list(bars.bars.values())
    ends = [end for value in values for end in (value if isinstance(value, tuple) else (value,))]
    scale = ticks(min(0.0, *ends), max(0.0, *ends), (2, 3, 4))
    low, high = scale[0], scale[-1]

    def at(value: float) -> float:
        return 100 * (value - low) / (high - low)

    figures = ends_said(values)
    parts: list[str] = []
    y = 0
    for label, figure_, value in zip(bars.bars, figures, values, strict=True):
        words = textwrap.wrap(label, LABEL) or [""]
        if len(words[-1]) + len(figure_) > LABEL + 6:
            words.append("")
        for word in words:
            y += LINE
            parts.append(_text(word, "0", y))
        parts.append(_text(figure_, "100%", y, "end"))
        parts += [_upright(at(tick), y + 4, y + BAR + 12, "grid") for tick in scale if tick]
        start, end = sorted(value if isinstance(value, tuple) else (0.0, value))
        width = max(at(end) - at(start), 0.4)
        parts.append(f'<rect x="{at(start):.2f}%" y="{y + 8}" width="{width:.2f}%" height="{BAR}" class="bar"/>')
        parts.append(_upright(at(0.0), y + 4, y + BAR + 12, "zero"))
        y += BAR + 18
    y += LINE - 4
    for tick, number in zip(scale, said(scale), strict=True):
        anchor = "start" if tick == low else "end" if tick == high else "middle"
        parts.append(_text(number, f"{at(tick):.2f}%", y, anchor, "small"))
    pairs = [f"{label}: {text}" for label, text in zip(bars.bars, figures, strict=True)]
    rows = [[label, text] for label, text in zip(bars.bars, figures, strict=True)]
    summary = "Bars. " + "; ".join(pairs[:8]) + ("; and more." if len(pairs) > 8 else ".")
    more = f"<p>... {counted(bars.left_out, 'bar')} more</p>\n" if bars.left_out else ""
    data = table(_caption(bars), ("", bars.unit or "value"), rows, bars.left_out)
    return f"{_chart(bars, name, summary, y + 6, parts)}\n{more}{_behind(data)}"


def _upright(x: float, top: float, bottom: float, kind: str) -> str:
    return f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{top:g}" y2="{bottom:g}" class="{kind}"/>'


# Lines ----------------------------------------------------------------------------------------------------------------


def _lines(lines: Lines, name: str) -> str:
    top = 28 if lines.marks else 10  # px above the chart, where the marks' numbers stand
    scale = ticks(*span(lines), (2, 3, 4))
    left, right = reach(lines)
    bottom = top + HEIGHT

    def across(x: float) -> float:
        return 100 * (x - left) / (right - left) if right > left else 50.0

    def down(value: float) -> float:
        return bottom - HEIGHT * (value - scale[0]) / (scale[-1] - scale[0])

    parts = []
    for tick, words in zip(scale, said(scale), strict=True):
        kind = "zero" if tick == scale[0] else "grid"
        parts.append(f'<line x1="0" x2="100%" y1="{down(tick):g}" y2="{down(tick):g}" class="{kind}"/>')
        parts.append(_text(words, "-8", down(tick) + 5, "end", "small"))
    places = within(left, right, 6)
    parts += [
        _text(words, f"{across(x):.2f}%", bottom + LINE, "middle", "small")
        for x, words in zip(places, said(places), strict=True)
    ]
    for number, mark in enumerate(lines.marks, 1):
        parts.append(_upright(across(mark.x), top - 8, bottom, "mark"))
        parts.append(_text(str(number), f"{across(mark.x):.2f}%", top - 13, "middle", "number"))
    for limit in lines.limits.values():
        parts.append(f'<line x1="0" x2="100%" y1="{down(limit):.1f}" y2="{down(limit):.1f}" class="limit"/>')
    for stroke, line in reversed(list(zip(STROKES, lines.lines.values(), strict=False))):
        points = zip(lines.x, line, strict=True)
        parts.append(_line(stroke, [(across(x), None if y is None else down(y)) for x, y in points]))
    height = bottom + LINE + 8
    if lines.x_name:
        height += LINE
        parts.append(_text(lines.x_name, "100%", bottom + 2 * LINE, "end", "small"))
    margin = max(map(len, said(scale))) * 8 + 16  # px for the numbers of the y axis
    chart = _chart(lines, name, _summary(lines), height, parts, style=f' style="padding:0 1.4rem 0 {margin}px"')
    return f"{chart}\n{_key(lines)}\n{_behind(_data(lines))}"


def _line(stroke: tuple[str, str, str], points: Sequence[tuple[float, float | None]]) -> str:
    """Draw a line, broken at its gaps, and the sign of each point if there is room for signs."""
    color, dashes, sign = stroke
    runs: list[list[str]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append(f"{x:.3f},{y:.2f}")
    paths = "".join(f'<polyline points="{" ".join(run)}"/>' for run in runs if len(run) > 1)
    paint = f'style="stroke:var(--{color});stroke-dasharray:{dashes or "none"}"'
    # A drawing within the drawing: its x is in percent too, which a polyline cannot be.
    place = 'width="100%" height="100" viewBox="0 0 100 100" preserveAspectRatio="none"'
    drawn = f'<svg {place} class="line" {paint}>{paths}</svg>'
    known = [(x, y) for x, y in points if y is not None]
    alone = [run[0].split(",") for run in runs if len(run) == 1]
    shown = known if len(known) <= 40 else [(float(x), float(y)) for x, y in alone]
    return drawn + "".join(_sign(sign, color, f"{x:.2f}%", y) for x, y in shown)


def _sign(sign: str, color: str, x: str, y: float) -> str:
    """Draw the sign of a point: x may be in percent, so that a diamond is a square in a place of its own, turned."""
    if sign == "circle":
        return f'<circle cx="{x}" cy="{y:.1f}" r="3.5" style="fill:var(--{color})"/>'
    turned = ' transform="rotate(45)"' if sign == "diamond" else ""
    box = f'<rect x="-3.5" y="-3.5" width="7" height="7"{turned} style="fill:var(--{color})"/>'
    return f'<svg x="{x}" y="{y:.1f}" class="place">{box}</svg>'


def _key(lines: Lines) -> str:
    """Say below the chart what each line, limit and mark is."""
    items = []
    for (color, dashes, sign), label in zip(STROKES, lines.lines, strict=False):
        stroke = f'stroke="var(--{color})" stroke-width="2.5" stroke-dasharray="{dashes or "none"}"'
        sample = f'<line x1="0" x2="36" y1="8" y2="8" {stroke}/>{_sign(sign, color, "18", 8)}'
        items.append(_keyed(sample, label))
    for label, value in lines.limits.items():
        sample = '<line x1="0" x2="36" y1="8" y2="8" class="limit"/>'
        items.append(_keyed(sample, f"{label}: {said([value])[0]}"))
    numbers = said([mark.x for mark in lines.marks])
    what = f"{lines.x_name} " if lines.x_name else ""
    marks = [f"<li>{escape(f'{mark.text} ({what}{x})')}</li>" for mark, x in zip(lines.marks, numbers, strict=True)]
    return f'<ul class="key">{"".join(items)}</ul>' + (f'\n<ol class="marks">{"".join(marks)}</ol>' if marks else "")


def _keyed(sample: str, label: str) -> str:
    return f'<li><svg width="36" height="16" aria-hidden="true">{sample}</svg> {escape(label)}</li>'


def _summary(lines: Lines) -> str:
    """Say in words what the chart shows."""
    start, end = said([lines.x[0], lines.x[-1]])
    told = []
    for label, line in lines.lines.items():
        known = [value for value in line if value is not None]
        if known:
            first, last, low, high = said([known[0], known[-1], min(known), max(known)])
            told.append(f"{label}: {first} at first, {last} at last, between {low} and {high}")
        else:
            told.append(f"{label}: no values")
    marks = [f"{mark.text} at {x}" for mark, x in zip(lines.marks, said([m.x for m in lines.marks]), strict=True)]
    limits = [f"{label} at {said([value])[0]}" for label, value in lines.limits.items()]
    return f"Lines over {lines.x_name or 'x'} from {start} to {end}. " + ". ".join([*told, *limits, *marks]) + "."


def _data(lines: Lines) -> str:
    named = {mark.x: mark.text for mark in reversed(lines.marks)}
    head = [lines.x_name or "x", *lines.lines, *(["mark"] if named else [])]
    xs = said(lines.x)
    rows: list[list[Cell]] = [
        [text, *values, *([named.get(x, "")] if named else [])]
        for text, x, *values in zip(xs, lines.x, *lines.lines.values(), strict=True)
    ]
    half = ROWS // 2
    left_out = max(0, len(rows) - ROWS)
    shown = rows if not left_out else rows[:half] + rows[-half:]
    return table(_caption(lines), head, shown, left_out)


# Walks ----------------------------------------------------------------------------------------------------------------


def _walk(walk: Walk, _: str) -> str:
    stops = [
        f'<li class="{"ok" if stop.ok else "fails"}"><span class="time">{escape(stop.time)}</span> '
        f'<span class="state">{STATES[stop.ok]}</span> <strong>{escape(stop.step)}</strong> '
        f'<span class="what">{escape(stop.text)}</span></li>'
        for stop in walk.stops
    ]
    if walk.left_out:
        stops.insert(len(stops) // 2, f"<li>... {counted(walk.left_out, 'stop')} more</li>")
    fails = [stop.step for stop in walk.stops if not stop.ok]
    sum_up = f"{counted(len(stops), 'stop')}; fails at {listed(dict.fromkeys(fails))}." if fails else ""
    note = f'<p class="small">{escape(sum_up)}</p>' if sum_up else ""
    return f'<figcaption>{escape(walk.title)}</figcaption>\n<ol class="walk">\n{_joined(stops)}\n</ol>\n{note}'
