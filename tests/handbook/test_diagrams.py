"""Diagrams: drawn at build time, named, coloured by the page, and honest about their faults."""

import re

import pytest

from wardround.handbook import diagrams

HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n"
PAGE = "# Title\n\n```{mermaid}\n:alt: Alarms reach a nurse\nflowchart TD\n  a[Alarm] --> b([Nurse])\n```\n"
KINDS = {
    "flowchart": """flowchart TD
  a["Model"] -->|score| b(["Nurse"]) --> c[("Record")]
  b --> d{{"Again"}} & e[["Act"]]""",
    "sequence": "sequenceDiagram\n  Ward->>Model: vitals\n  Model-->>Ward: score",
    "timeline": "timeline\n  2024 : AI Act\n  2027 : High risk",
    "gantt": "gantt\n  dateFormat YYYY-MM-DD\n  section A\n  Learn :a1, 2027-01-04, 30d",
    "state": "stateDiagram-v2\n  [*] --> Silent\n  Silent --> Live",
}


def test_a_diagram_is_inline_named_and_needs_no_script(handbook):
    html = handbook({"index.md": HEAD + PAGE}).html()
    assert re.search(r'<div class="diagram" role="img"[^>]*aria-label="Alarms reach a nurse"', html)
    assert "<svg" in html
    assert "Nurse</text>" in html
    assert "mermaid" not in " ".join(re.findall(r"<script[^>]*>", html))


def test_its_colours_follow_the_page_and_are_flat_in_print():
    svg = diagrams.draw(KINDS["flowchart"])
    assert "var(--diagram-border)" in diagrams.for_page(svg, "x")
    assert "#0000F" not in diagrams.for_page(svg, "x")
    printed = diagrams.for_print(svg)
    assert "var(" not in printed
    assert "#0000F" not in printed
    assert diagrams.palette.LIGHT["brand"] in printed


def test_its_name_cannot_break_out_of_the_page():
    assert 'aria-label="a &quot;b&quot; &lt;script&gt;"' in diagrams.for_page(
        diagrams.draw("flowchart TD\n a-->b"), 'a "b" <script>'
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_the_handbook_may_use_is_drawn(kind):
    assert diagrams.draw(KINDS[kind]).count("<text") >= 2


@pytest.mark.parametrize(
    ("source", "says"),
    [("flowchart TD\n  a -->\n", r"line \d+ of the diagram"), ("flowchrt TD\n a-->b", "No diagram type")],
)
def test_a_syntax_error_names_the_line(source, says):
    with pytest.raises(diagrams.DiagramError, match=says):
        diagrams.draw(source)


def test_a_faulty_diagram_is_a_warning_with_file_and_line_and_leaves_its_words(handbook):
    built = handbook({"index.md": HEAD + "# Title\n\n```{mermaid}\n:alt: What it shows\nflowchart TD\n  a -->\n```\n"})
    assert re.search(r"index\.md:8: WARNING: Mermaid cannot draw this diagram\. line \d", built.warnings)
    assert "What it shows" in built.html()


def test_a_diagram_without_words_is_a_warning(handbook):
    assert "has no `:alt:`" in handbook({"index.md": HEAD + PAGE.replace(":alt: Alarms reach a nurse\n", "")}).warnings
