"""The page on realism: figures come from the file, published ones from the claims, and a fault is a sentence."""

import re
from xml.etree import ElementTree

import pytest

from wardround.careers import CareerMapError, load
from wardround.handbook import realism
from wardround.handbook.charts import for_print

CONF = (
    'extensions = ["myst_parser", *(f"wardround.handbook.{part}" for part in ("charts", "realism"))]\n'
    'html_theme = "basic"\n'
)


def test_a_figure_is_printed_with_its_range(handbook):
    built = handbook({"conf.py": CONF, "index.md": "# Title\n\nIt was {measured}`readmission` here.\n"})
    assert built.warnings == ""
    figure = realism.figures()["readmission"]
    assert f"It was {figure.mean:g} % ({figure.low:g} to {figure.high:g}) here." in built.html()


def test_an_unknown_figure_is_a_warning_with_the_nearest(handbook):
    built = handbook({"conf.py": CONF, "index.md": "# Title\n\n{measured}`readmision`\n"})
    assert (
        "index.md:3: WARNING: No figure 'readmision' stands in realism.yaml. Did you mean readmission?"
        in built.warnings
    )


def test_the_chart_puts_every_figure_where_the_scale_says():
    drawing = realism.chart(load())
    svg = ElementTree.fromstring(for_print(drawing.body, drawing.height))
    bars = [rect for rect in svg if rect.tag.endswith("rect") and rect.get("height") == "5"]
    assert len(bars) == len(realism.COMPARED)
    for bar, (name, (label, claim)) in zip(bars, realism.COMPARED.items(), strict=True):
        low, high = realism.published(load(), claim)
        figure = realism.figures()[name]
        share = 100 * figure.low / ((low + high) / 2)
        assert float(bar.get("x").rstrip("%")) == pytest.approx(share - 50, abs=0.02), label
    text = " ".join(re.findall(r">([^<]+)</text>", drawing.body))
    assert all(load().claim(claim).value in text for _, claim in realism.COMPARED.values())


def test_no_bar_leaves_the_chart():
    drawing = realism.chart(load())
    for x, width in re.findall(r'<rect x="([-\d.]+)%" [^>]*width="([-\d.]+)%"', drawing.body):
        assert float(x) >= 0
        assert float(x) + float(width) <= 100


def test_a_claim_that_cannot_be_drawn_is_named():
    career_map = load()
    with pytest.raises(CareerMapError, match=r'claim oximeter-hidden: a chart cannot draw "17 % against 6.2 %"'):
        realism.published(career_map, "oximeter-hidden")
