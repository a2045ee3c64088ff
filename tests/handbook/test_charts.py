"""Charts: what is drawn stands where the figure says, and is named, sourced and dated."""

import re
from xml.etree import ElementTree

import pytest

from wardround.careers import load
from wardround.handbook import charts
from wardround.palette import LIGHT

CONF = 'extensions = ["myst_parser", "wardround.handbook.charts"]\nhtml_theme = "basic"\nnumfig = True\n'
PAGE = '# Title\n\n```{chart} salary-bands\n:alt: Bands "beside" official pay\n\nPay in *dollars*.\n```\n'


def drawn(chart, career_map=None):
    return ElementTree.fromstring(charts.for_print(*_body(chart(career_map or load()))))


def _body(drawing):
    return drawing.body, drawing.height


def words(svg):
    return [text.text for text in svg if text.tag.endswith("text")]


def percent(text):
    return float(text.rstrip("%"))


def of(built):
    return built({"conf.py": CONF, "index.md": PAGE})


def test_a_chart_is_a_named_figure_with_caption_source_and_date(handbook):
    built = of(handbook)
    assert built.warnings == ""
    html = built.html()
    assert 'role="img" aria-label="Bands &quot;beside&quot; official pay"' in html
    assert "Pay in <em>dollars</em>." in html
    assert "US Bureau of Labor Statistics, May 2024" in html
    assert "<script" not in re.search(r"<figure.*?</figure>", html, re.DOTALL).group(0)


def test_a_band_lies_between_the_right_marks_of_the_scale():
    svg = drawn(charts.salary_bands)
    ticks = {t.text: percent(t.get("x")) for t in svg if t.tag.endswith("text") and t.get("font-size") == "14"}
    per_dollar = (ticks["$200k"] - ticks["$100k"]) / 100_000
    band = load().band("data-scientist")
    dashed = next(rect for rect in svg if rect.get("stroke-dasharray"))
    assert percent(dashed.get("x")) == pytest.approx(band.low * per_dollar, abs=0.02)
    assert percent(dashed.get("width")) == pytest.approx((band.high - band.low) * per_dollar, abs=0.02)


def test_every_band_and_every_official_figure_is_on_the_chart():
    text = " ".join(words(drawn(charts.salary_bands)))
    career_map = load()
    for band in career_map.bands:
        assert band.name in text
        for pay in band.anchors:
            assert career_map.pay(pay).occupation in text
            assert f"${career_map.pay(pay).median / 1000:.0f}k" in text


def test_only_what_has_no_source_is_dashed_and_says_so():
    career_map = load()
    svg = drawn(charts.salary_bands)
    assert len([r for r in svg if r.get("stroke-dasharray")]) == len(career_map.bands)
    assert words(svg).count("Estimate of 2025, no source") == len(career_map.bands)
    first = career_map.bands[0]
    sourced = first.model_copy(update={"claim": next(c.id for c in career_map.claims if c.source)})
    svg = drawn(charts.salary_bands, career_map.model_copy(update={"bands": (sourced,)}))
    assert not [r for r in svg if r.get("stroke-dasharray")]
    assert "Estimate of 2025" in words(svg)


def test_an_official_figure_without_percentiles_is_a_mark_and_no_line():
    career_map = load()
    nurses = career_map.pay("registered-nurses")
    assert nurses.low is None
    one = career_map.bands[0].model_copy(update={"anchors": (nurses.id,)})
    svg = drawn(charts.salary_bands, career_map.model_copy(update={"bands": (one,)}))
    assert len([r for r in svg if r.tag.endswith("rect")]) == 1  # the band alone
    assert [m for m in svg if m.get("stroke-width") == "3"]


def test_hospital_pay_is_sorted_and_falls_on_the_right_side_of_zero():
    svg = drawn(charts.hospital_pay)
    said = [
        int(m[1]) * (1 if m[2] == "more" else -1)
        for text in words(svg)
        if (m := re.match(r"(\d+) % (more|less)", text))
    ]
    assert said == sorted(said, reverse=True)
    zero = next(percent(m.get("x1")) for m in svg if m.get("stroke") == LIGHT["muted"])
    for share, bar in zip(said, (r for r in svg if r.tag.endswith("rect")), strict=True):
        left, right = percent(bar.get("x")), percent(bar.get("x")) + percent(bar.get("width"))
        assert (left, right)[share < 0] == pytest.approx(zero, abs=0.02)


@pytest.mark.parametrize("chart", charts.CHARTS.values(), ids=charts.CHARTS)
def test_colours_follow_the_page_and_are_flat_in_print(chart):
    body, height = _body(chart(load()))
    assert "var(--ink)" in charts.for_page(body, height, "x")
    printed = charts.for_print(body, height)
    assert "var(" not in printed
    assert set(re.findall(r"#[0-9A-F]{6}", printed)) <= set(LIGHT.values())


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("```{chart} salary\n:alt: x\n\nPay.\n```\n", "The charts are: salary-bands"),
        ("```{chart} salary-bands\n\nPay.\n```\n", "an `:alt:`"),
        ("```{chart} salary-bands\n:alt: x\n```\n", "a caption"),
    ],
)
def test_a_fault_is_a_warning_with_file_line_and_remedy(handbook, page, says):
    warnings = handbook({"conf.py": CONF, "index.md": "# Title\n\n" + page}).warnings
    assert re.search(r"index\.md:3: WARNING: ", warnings)
    assert says in warnings


def test_where_nothing_can_be_drawn_the_words_remain(handbook):
    built = handbook({"conf.py": CONF, "index.md": PAGE}, builder="text")
    assert 'Bands "beside" official pay' in (built.out / "index.txt").read_text(encoding="utf-8")
