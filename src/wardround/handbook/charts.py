"""Charts drawn from the career map when the book is built: SVG without a script, the table behind it on the page.

Across, everything is placed in percent, and letters keep their size: one drawing fills a phone, a screen and a sheet.
"""

import hashlib
import html
import textwrap
from calendar import month_name
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from wardround import palette
from wardround.careers import CareerMap, CareerMapError, load, source_files

logger = logging.getLogger(__name__)

WIDEST = 720  # px; a chart is as wide as its column, and never wider than this
PRINTED = 640  # px of its own; the book stretches it to its column
LETTERS = 34  # of a label, beside its value, on the narrowest phone
LINE, BAR, GAP = 20, 16, 12  # px down the page
# Words stand on the scale's lines; a rim in the colour of the box keeps the two apart.
_HALO = 'stroke="var(--paper)" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'


@dataclass(frozen=True)
class Drawing:
    """The inside of an SVG in the palette's CSS variables, its height in px, and whose figures it shows, of when."""

    body: str
    height: int
    source: str


@dataclass(frozen=True)
class Axis:
    """A scale across the chart, from `low` to `high` in equal steps."""

    low: float
    high: float
    step: float

    @classmethod
    def around(cls, values: list[float], step: float) -> "Axis":
        """The shortest scale of whole steps that holds the values and zero."""
        return cls(floor(min([*values, 0]) / step) * step, ceil(max([*values, 0]) / step) * step, step)

    def at(self, value: float) -> float:
        """Where a value stands, in percent of the chart's width."""
        return 100 * (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """The values at the ends of the steps."""
        return [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]


class Sheet:
    """What is drawn so far, and how far down."""

    def __init__(self, axis: Axis) -> None:
        self.axis, self.y, self.parts = axis, 0, list[str]()

    def text(self, words: str, at: float = 0, anchor: str = "start", style: str = 'fill="var(--ink)"') -> None:
        """A line of words whose baseline is the present height."""
        place = f'x="{at:g}%" y="{self.y}" text-anchor="{anchor}" {_HALO}'
        self.parts.append(f"<text {place} {style}>{html.escape(words)}</text>")

    def heading(self, words: str) -> None:
        """The name of what the following rows belong to."""
        self.y += GAP
        for line in _lines(words):
            self.y += LINE
            self.text(line, style='font-weight="600" fill="var(--ink)"')

    def row(self, label: str, value: str) -> None:
        """A label and its value; the bar comes below them."""
        self.y += LINE
        self.text(value, 100, "end")
        self.y -= LINE
        for line in _lines(label):
            self.y += LINE
            self.text(line, style='fill="var(--muted)"')
        self.y += 6

    def bar(self, start: float, end: float, thick: int, paint: str) -> None:
        """A bar between two values, in the middle of the row's space."""
        left, right = sorted((self.axis.at(start), self.axis.at(end)))
        y = self.y + (BAR - thick) / 2
        self.parts.append(f'<rect x="{left:.2f}%" y="{y:g}" width="{right - left:.2f}%" height="{thick}" {paint}/>')

    def mark(self, value: float) -> None:
        """A short upright line at a value."""
        x, paint = f"{self.axis.at(value):.2f}%", 'stroke="var(--ink)" stroke-width="3"'
        self.parts.append(f'<line x1="{x}" x2="{x}" y1="{self.y}" y2="{self.y + BAR}" {paint}/>')

    def finished(self, tick: Callable[[float], str], unit: str, source: str) -> Drawing:
        """The drawing, with its scale below and the scale's lines behind."""
        bottom, ticks = self.y + 4, self.axis.ticks()
        behind = []
        for value in ticks[1:]:  # a line at the left edge would touch the words
            x, colour = f"{self.axis.at(value):.2f}%", "muted" if value == 0 else "line"
            behind.append(f'<line x1="{x}" x2="{x}" y1="0" y2="{bottom}" stroke="var(--{colour})"/>')
        self.y = bottom + LINE
        for value in ticks:
            anchor = "start" if value == ticks[0] else "end" if value == ticks[-1] else "middle"
            self.text(tick(value), self.axis.at(value), anchor, 'fill="var(--muted)" font-size="14"')
        self.y += LINE
        self.text(unit, style='fill="var(--muted)" font-size="14"')
        return Drawing("".join([*behind, *self.parts]), self.y + 6, source)


_ESTIMATE = 'fill="none" stroke="var(--accent)" stroke-width="2" stroke-dasharray="5 3"'
_COUNTED = 'fill="var(--brand)"'


def salary_bands(career_map: CareerMap) -> Drawing:
    """Each band of pay over the official figures it is held against, in US dollars a year."""
    anchors = {pay: career_map.pay(pay) for band in career_map.bands for pay in band.anchors}
    highest = [float(n) for n in (*(b.high for b in career_map.bands), *(p.high or p.median for p in anchors.values()))]
    sheet = Sheet(Axis.around(highest, 50_000))
    for band in career_map.bands:
        sourced = career_map.claim(band.claim).source is not None
        sheet.heading(band.name)
        sheet.row(f"Estimate of {band.year}" + ("" if sourced else ", no source"), f"{_k(band.low)} to {_k(band.high)}")
        sheet.bar(band.low, band.high, 12, _COUNTED if sourced else _ESTIMATE)
        sheet.y += BAR + GAP // 2
        for pay in (anchors[name] for name in band.anchors):
            sheet.row(pay.occupation, _k(pay.median))
            if pay.low and pay.high:
                sheet.bar(pay.low, pay.high, 5, _COUNTED)
            sheet.mark(pay.median)
            sheet.y += BAR + GAP // 2
    dates = " and ".join(sorted({_month(pay.as_of) for pay in anchors.values()}))
    source = f"Official figures: US Bureau of Labor Statistics, {dates}, employees in all industries."
    return sheet.finished(_k, "US dollars a year, before tax", source)


def hospital_pay(career_map: CareerMap) -> Drawing:
    """Median pay in US hospitals against the median of the same occupation everywhere, in percent."""
    counted = [(pay, pay.hospitals) for pay in career_map.official_pay if pay.hospitals]
    shares = {pay.occupation: 100 * (hospitals / pay.median - 1) for pay, hospitals in counted}
    sheet = Sheet(Axis.around(list(shares.values()), 10))
    for occupation, share in sorted(shares.items(), key=lambda item: -item[1]):
        sheet.row(occupation, f"{abs(share):.0f} % {'more' if share > 0 else 'less'}")
        sheet.bar(0, share, 12, _COUNTED if share > 0 else 'fill="var(--accent)"')
        sheet.y += BAR + GAP // 2
    dates = " and ".join(sorted({_month(pay.as_of) for pay, _ in counted}))
    source = f"Computed from medians of the US Bureau of Labor Statistics, {dates}."
    return sheet.finished(lambda value: f"{value:g} %", "Hospitals' median against all industries' median", source)


CHARTS: dict[str, Callable[[CareerMap], Drawing]] = {"salary-bands": salary_bands, "hospital-pay": hospital_pay}


def _lines(words: str) -> list[str]:
    return textwrap.wrap(words, LETTERS, break_on_hyphens=False)


def _k(dollars: float) -> str:
    return f"${dollars / 1000:.0f}k" if dollars else "$0"


def _month(as_of: str) -> str:
    year, _, month = as_of.partition("-")
    return f"{month_name[int(month[:2])]} {year}" if month else year


class chart(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """A drawing that waits for the kind of output."""


class ChartDirective(SphinxDirective):
    """```{chart} salary-bands``` with `:alt:` in one sentence; the body is the caption."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"alt": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the figure, or a warning that says what is missing."""
        name, alt = self.arguments[0], self.options.get("alt", "")
        if name not in CHARTS:
            return self._fault(f"There is no chart {name}. The charts are: {', '.join(CHARTS)}.")
        if not alt or not self.content:
            return self._fault("Give this chart an `:alt:` (one sentence: what it shows) and a caption below.")
        try:
            drawing = CHARTS[name](load())
        except CareerMapError as error:
            return self._fault(str(error))
        for file in (Path(__file__), *source_files()):
            self.env.note_dependency(str(file))
        caption, _ = self.parse_inline(" ".join(self.content))
        figure = nodes.figure(
            "",
            chart(body=drawing.body, height=drawing.height, alt=alt),
            nodes.caption("", "", *caption),
            nodes.legend("", nodes.paragraph("", drawing.source)),
            names=[f"chart-{name}"],
        )
        self.state.document.note_explicit_target(figure, figure)
        return [figure]

    def _fault(self, sentence: str) -> list[nodes.Node]:
        logger.warning("%s", sentence, location=self.get_location())
        return []


def for_page(body: str, height: int, alt: str) -> str:
    """The chart as HTML: named for whoever cannot see it, coloured by the page, as wide as its column."""
    return (
        f'<div class="diagram" role="img" aria-label="{html.escape(alt)}" style="--width:{WIDEST}px">'
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" focusable="false" font-size="15" '
        f'style="min-width:0;height:{height}px;overflow:visible">{body}</svg></div>'
    )


def for_print(body: str, height: int, colours: Mapping[str, str] = palette.LIGHT) -> str:
    """The chart as a flat SVG file in print colours."""
    for token, colour in colours.items():
        body = body.replace(f"var(--{token})", colour)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{PRINTED}" height="{height}" viewBox="0 0 {PRINTED} {height}" '
        f'font-family="Source Sans 3" font-size="15">{body}</svg>'
    )


class DrawCharts(SphinxPostTransform):
    """Replace each chart by what this kind of output can show: where nothing can be drawn, the words."""

    default_priority = 6  # before images are collected

    def run(self, **_kwargs: Any) -> None:
        """Exchange the nodes."""
        for node in list(self.document.findall(chart)):
            node.replace_self(self.shown(node))

    def shown(self, node: chart) -> nodes.Node:
        """The node that stands for the chart in this kind of output."""
        return nodes.paragraph("", node["alt"])


class DrawForPage(DrawCharts):
    """Inline, so that a chart follows the page's colours."""

    default_priority = 5
    formats = ("html",)

    def shown(self, node: chart) -> nodes.Node:
        """The SVG itself."""
        return nodes.raw("", for_page(node["body"], node["height"], node["alt"]), format="html")


class DrawForPrint(DrawCharts):
    """A file of its own, in print colours."""

    default_priority = 5
    formats = ("typst",)

    def shown(self, node: chart) -> nodes.Node:
        """An image of the file."""
        svg = for_print(node["body"], node["height"], palette.for_print(self.config))
        file = Path(self.env.doctreedir, "charts", hashlib.sha256(svg.encode()).hexdigest()[:20] + ".svg")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(svg, encoding="utf-8")
        return nodes.image("", uri=str(file), alt=node["alt"], width="100%", candidates={"*": str(file)})


def setup(app: Sphinx) -> None:
    """Register the directive and the drawing."""
    app.add_node(chart)
    app.add_directive("chart", ChartDirective)
    for transform in (DrawForPage, DrawForPrint, DrawCharts):
        app.add_post_transform(transform)
