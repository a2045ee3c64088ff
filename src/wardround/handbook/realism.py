"""How real the virtual hospital is: its measured figures, as a role, and beside published ones, as a chart.

The figures stand in a file that `wardround.hospital.realism` writes; a build simulates nothing.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

import wardround.hospital
from wardround.careers import CareerMap, CareerMapError
from wardround.handbook.charts import BAR, CHARTS, GAP, Axis, Drawing, Sheet
from wardround.wording import did_you_mean

logger = logging.getLogger(__name__)

FILE = Path(wardround.hospital.__file__).with_name("realism.yaml")
COMPARED = {
    "readmission": ("Stays with a return in 30 days", "hospital-readmissions"),
    "length-of-stay": ("Mean length of stay", "hospital-length-of-stay"),
    "stays-per-1000": ("Stays per 1,000 people a year", "hospital-stays-per-1000"),
    "death-in-hospital": ("Stays that end with a death", "hospital-deaths"),
    "no-show": ("Missed appointments", "no-show-average"),
    "denied": ("Claims denied at first", "denials-first"),
    "best-ranking": ("Ranking by risk of readmission", "readmission-models-range"),
}
"""Measured figure to its label on the chart and the claim that it is held against."""
_NUMBER = r"(\d+(?:\.\d+)?)"
_VALUE = re.compile(rf"{_NUMBER}(?: to {_NUMBER})?(?: (?:%|[a-z]+))?")
_LEAST = 0.8  # of a box to each side of its middle: one number is a box too
_HERE, _PUBLISHED = 'fill="var(--brand)"', 'fill="none" stroke="var(--accent)" stroke-width="2"'


class Measured(NamedTuple):
    """A figure of many virtual hospitals: lowest, mean, highest, and its unit."""

    low: float
    mean: float
    high: float
    unit: str

    def __str__(self) -> str:
        return f"{self.mean:g}{f' {self.unit}' if self.unit else ''} ({self.low:g} to {self.high:g})"


@cache
def figures() -> dict[str, Measured]:
    """Every measured figure, by its name."""
    return {name: Measured(**figure) for name, figure in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()}


def published(career_map: CareerMap, claim: str) -> tuple[float, float]:
    """The lowest and highest number of a claim such as "4.5 days" or "13.9 to 14.3 %"; twice the same if it has one."""
    value = career_map.claim(claim).value
    found = _VALUE.fullmatch(value)
    if found is None:
        raise CareerMapError(
            f'claim {claim}: a chart cannot draw "{value}"; write it as "4.5 days" or "13.9 to 14.3 %"'
        )
    return float(found[1]), float(found[2] or found[1])


def chart(career_map: CareerMap) -> Drawing:
    """Each measured figure over its published one, both in percent of the published one's middle."""
    sheet = Sheet(Axis(50, 150, 25))
    for name, (label, claim) in COMPARED.items():
        low, high = published(career_map, claim)
        whole, here = (low + high) / 200, figures()[name]
        sheet.heading(label)
        said = career_map.claim(claim)
        sheet.row(f"Published {said.as_of[:4]}: {said.value}", f"here: {here.mean:g} {here.unit}".strip())
        sheet.bar(min(low / whole, 100 - _LEAST), max(high / whole, 100 + _LEAST), 14, _PUBLISHED)
        sheet.bar(here.low / whole, here.high / whole, 5, _HERE)
        sheet.mark(here.mean / whole)
        sheet.y += BAR + GAP // 2
    return sheet.finished(
        lambda value: f"{value:g} %",
        "100 % is the published figure (its middle)",
        "Sources: the table of the same figures.",
    )


class MeasuredRole(SphinxRole):
    """`{measured}`readmission``: the mean of the virtual hospitals, and the lowest and highest."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the figure; an unknown name is a warning with the nearest known one."""
        self.env.note_dependency(str(FILE))
        figure = figures().get(self.text)
        if figure is None:
            known = did_you_mean(self.text, figures())
            logger.warning("No figure %r stands in %s.%s", self.text, FILE.name, known, location=self.get_location())
        return [nodes.Text(str(figure) if figure else self.text)], []


def setup(app: Sphinx) -> None:
    """Register the role and the chart."""
    CHARTS["realism"] = chart
    app.add_role("measured", MeasuredRole())
