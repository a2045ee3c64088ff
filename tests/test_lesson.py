"""What an exercise teaches, read without running it: as grading sees it, and with faults that name their place."""

import pytest

from wardround.authoring.check import graded_checks
from wardround.authoring.lesson import LessonError, lesson_of
from wardround.authoring.mistakes import mistakes_of
from wardround.catalog import Exercise, load_catalog

CHECKS = '''
from wardround.grading import graded
POINTS = 40
@graded(points=POINTS, hint="h")
def test_one():
    """The first
    """
@graded(60, "h", choice="notes")
def test_two():
    """The second"""
def helper(): ...
'''


@pytest.fixture
def exercise(tmp_path):
    (tmp_path / "mistakes").mkdir()
    (tmp_path / "test_it.py").write_text(CHECKS, encoding="utf-8")
    (tmp_path / "mistakes/a.py").write_text('"""Looks ahead.\n\nfails: test_two, test_one\n"""\n', encoding="utf-8")
    return Exercise(
        id="clinician/1-it", title="It", summary="s", hours=(1, 2), files=("a.py",), folder=tmp_path
    )  # fmt: skip


@pytest.mark.parametrize("exercise", load_catalog().exercises, ids=lambda exercise: exercise.id)
def test_reading_finds_the_checks_that_grading_runs_and_every_mistake_once(exercise):
    lesson = lesson_of(exercise)
    graded = graded_checks(exercise.checks)
    assert {c.name: (c.title, c.points, c.choice) for c in lesson.checks} == {
        name: (title, grade.points, grade.choice) for name, (title, grade) in graded.items()
    }
    shown = [mistake.path for check in lesson.checks for mistake in check.mistakes]
    assert sorted(shown) == sorted(mistakes_of(exercise.folder))


def test_a_mistake_stands_with_the_check_it_names_first_and_tells_the_others(exercise):
    lesson = lesson_of(exercise)
    first, second = lesson.checks
    assert (first.points, first.mistakes, second.choice) == (40, (), "notes")
    assert lesson.also(second.mistakes[0]) == ("The first",)
    assert [choice for choice, _ in lesson.groups] == ["", "notes"]


@pytest.mark.parametrize(
    ("file", "text", "says"),
    [
        ("test_it.py", CHECKS.replace("POINTS, h", "4 * n, h"), "line 4: write points= as a plain value"),
        ("test_it.py", "def test_one(:", "test_it.py, line 1: not valid Python"),
        ("mistakes/a.py", '"""Looks ahead."""', "add a line `fails: test_…`"),
        ("mistakes/a.py", '"""Looks ahead.\n\nfails: test_three\n"""', "unknown check test_three"),
    ],
)
def test_what_cannot_be_read_is_named_with_place_and_remedy(exercise, file, text, says):
    (exercise.folder / file).write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=r"(test_it|a)\.py") as fault:
        lesson_of(exercise)
    assert says in str(fault.value)
