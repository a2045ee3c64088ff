"""The career-map directive: templates become pages; faults are sentences; only who must is read again."""

import re
from pathlib import Path

import pytest

from wardround.careers import CareerMapError
from wardround.handbook import career_map

HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n# Title\n\n"
CARDS = """{% for domain in map.domains %}
- {{ page("guide/domains/" ~ domain.id, domain.name) }}
{% endfor %}
"""
USES = HEAD + "```{career-map} lists/domains\n```\n"
PLAIN = HEAD.replace("Title", "Plain") + "Text.\n"
FILES = {"index.md": USES + "\n[plain](plain.md)\n", "plain.md": PLAIN, "_map/lists/domains.md.jinja": CARDS}


def test_a_template_is_filled_from_the_map(handbook):
    html = handbook(FILES).html()
    assert "Diagnostics" in html
    assert len(re.findall(r"<li><p>", html)) == 6


def test_a_claim_reads_as_a_line_without_saying_its_unit_twice():
    say = (
        career_map._environment(Path())
        .from_string("{{ value }}{{ unit | unit_after(value) }}, {{ day | written }}")
        .render
    )
    assert say(value="48 hours", unit="hours", day="2026-03") == "48 hours, March 2026"
    assert say(value="five years", unit="years, with a degree", day="2026") == "five years, with a degree, 2026"
    assert say(value="683 operations", unit="patients", day="2026-03-09") == "683 operations patients, 9 March 2026"
    assert say(value="2 August 2026", unit="date; in steps", day="2026") == "2 August 2026; in steps, 2026"
    assert say(value="686 women, 299 events", unit="women and events", day="2026") == "686 women, 299 events, 2026"


def test_it_links_to_a_page_only_where_there_is_one_and_again_when_one_comes(handbook):
    first = handbook(FILES)
    assert 'href="guide/domains/imaging.html"' not in first.html()
    then = handbook({**FILES, "guide/domains/imaging.md": PLAIN.replace("---\n\n", "orphan: true\n---\n\n", 1)})
    assert 'href="guide/domains/imaging.html"' in then.html()
    assert "plain" not in then.read


def test_a_changed_template_reads_again_just_the_pages_that_use_it(handbook):
    handbook(FILES)
    assert handbook(FILES).read == frozenset()
    changed = handbook({**FILES, "_map/lists/domains.md.jinja": CARDS + "\n- One more\n"})
    assert changed.read == {"index"}
    assert "One more" in changed.html()


def test_a_template_that_was_mended_is_read_again(handbook):
    assert "cannot be filled" in handbook({**FILES, "_map/lists/domains.md.jinja": "{{ nothing }}"}).warnings
    mended = handbook(FILES)
    assert "Diagnostics" in mended.html()
    assert "cannot be filled" not in mended.warnings


@pytest.mark.parametrize(
    ("template", "body", "says"),
    [
        ("lists/domain", CARDS, "There is no template lists/domain.md.jinja. The templates are: lists/domains"),
        ("lists/domains", "a\n{% for x in %}", "_map/lists/domains.md.jinja, line 2, cannot be filled"),
        ("lists/domains", "a\nb\n{{ map.domain('imagin').name }}", 'did you mean "imaging"'),
        ("lists/domains", "a\nb\n{{ nothing }}", "line 3, cannot be filled: 'nothing' is undefined"),
    ],
)
def test_a_fault_is_a_warning_with_page_template_line_and_remedy(handbook, template, body, says):
    files = {"index.md": HEAD + f"```{{career-map}} {template}\n```\n", "_map/lists/domains.md.jinja": body}
    warnings = handbook(files).warnings
    assert "index.md:8: WARNING" in warnings
    assert says in warnings


def test_a_map_that_cannot_be_read_stops_the_build_with_its_faults_and_leaves_the_pages(handbook, monkeypatch):
    built = handbook(FILES)
    before = built.html()

    def broken():
        raise CareerMapError("The career map has 1 fault:\nroles.yaml:7: analyst: unknown key")

    monkeypatch.setattr("wardround.handbook.career_map.load", broken)
    with pytest.raises(SystemExit) as stopped:
        handbook({**FILES, "index.md": HEAD + "Other words.\n"})
    assert stopped.value.code == 2
    assert built.html() == before
