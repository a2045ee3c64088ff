"""The page of mistakes follows the exercises: what is added, changed or not there shows without another edit."""

import re
from pathlib import Path

import pytest

from wardround.catalog import Catalog, Exercise, load_catalog

MAP = Path(__file__).parents[2] / "docs/_map"
NEEDED = ("teach/lessons", "tables/exercises", "lists/macros")
HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n# Title\n\n"
PAGES = {
    "index.md": HEAD + "[m](mistakes.md) [e](exercises.md) [p](plain.md)\n",
    "mistakes.md": HEAD + "```{career-map} teach/lessons\n:pathway: clinician\n```\n",
    "exercises.md": HEAD + "```{career-map} tables/exercises\n```\n",
    "plain.md": HEAD + "Text.\n",
    "teach/rubrics.md": HEAD + "Text.\n",
    "pathways/clinician/phase-1.md": "---\norphan: true\n---\n" + HEAD.split("---\n\n", 1)[1],
    **{f"_map/{name}.md.jinja": (MAP / f"{name}.md.jinja").read_text(encoding="utf-8") for name in NEEDED},
}
CHECK = (
    'from wardround.grading import graded\n@graded(points=100, hint="h")\ndef test_a():\n    """Counts the ward"""\n'
)


@pytest.fixture
def exercise(tmp_path, monkeypatch):
    folder = tmp_path / "exercises/clinician/1-count"
    (folder / "mistakes").mkdir(parents=True)
    (folder / "test_count.py").write_text(CHECK, encoding="utf-8")
    made = Exercise(
        id="clinician/1-count", title="Count it", summary="Count a ward.", hours=(2, 3), needs=("imaging",),
        files=("a.py",), talk="Ask who counts.", folder=folder,
    )  # fmt: skip
    (tmp_path / "exercises/exercises.toml").touch()
    catalog = Catalog(root=tmp_path / "exercises", exercises=(made,))
    for module in ("career_map", "exercises"):
        monkeypatch.setattr(f"wardround.handbook.{module}.load_catalog", lambda: catalog)
    add(made, "planned", "Counts what was planned.")
    return made


def add(exercise: Exercise, name: str, says: str) -> None:
    file = exercise.folder / f"mistakes/{name}.py"
    file.write_text(f'"""{says}\n\nfails: test_a\n"""\nSECRET = 1\n', encoding="utf-8")


def test_checks_points_misconceptions_and_the_talk_are_shown_and_no_code(handbook, exercise):
    html = handbook(PAGES).html("mistakes")
    for said in ("Count it", "Counts the ward (100 points)", "Counts what was planned.", "Ask who counts."):
        assert said in html
    assert "SECRET" not in html


def test_a_new_mistake_appears_and_only_its_page_is_read_again(handbook, exercise):
    handbook(PAGES)
    assert handbook(PAGES).read == frozenset()
    add(exercise, "night", "Forgets the night.")
    again = handbook(PAGES)
    assert again.read == {"mistakes"}
    assert "Forgets the night." in again.html("mistakes")


def test_without_mistakes_the_page_says_why_and_lists_the_checks(handbook, exercise):
    for file in (exercise.folder / "mistakes").iterdir():
        file.unlink()
    (exercise.folder / "mistakes").rmdir()
    html = handbook(PAGES).html("mistakes")
    assert "an installed package, which leaves them out" in html
    assert "Counts the ward (100 points)" in html


def test_a_mistake_that_cannot_be_read_is_a_warning_on_the_page(handbook, exercise):
    (exercise.folder / "mistakes/planned.py").write_text('"""Counts."""', encoding="utf-8")
    warnings = handbook(PAGES).warnings
    assert "mistakes.md:8: WARNING" in warnings
    assert "add a line `fails: test_…`" in warnings


def test_the_list_of_exercises_names_hours_packages_and_projects(handbook, exercise):
    html = handbook(PAGES).html("exercises")
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html)).replace("\xa0", " ").replace("&nbsp;", " ")
    assert "Count it: Count a ward." in text
    assert "2-3 hours. No exercise before it. Packages beyond the course's own: pydicom (imaging)." in text.replace(
        "’", "'"
    )
    assert "None yet. Project: An assisted workflow." in text


def test_the_handbooks_pages_hold_every_exercise_and_stay_small(site):
    for exercise in load_catalog().exercises:
        page = site / f"teach/mistakes/{exercise.pathway}.html"
        assert exercise.title in page.read_text(encoding="utf-8")
        assert page.stat().st_size <= 250_000
