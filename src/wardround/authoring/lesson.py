"""What an exercise teaches by its checks: their titles and points, and the misconceptions that each one catches.

Nothing is imported or run, so that the handbook can be built without the learner's packages.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardround.authoring.mistakes import Mistake, MistakeError, mistakes_of, read_mistake
from wardround.catalog import Exercise

_ARGUMENTS = ("points", "hint", "seconds", "choice")  # of @graded, in its order


class LessonError(Exception):
    """A check file or a mistake that cannot be read; the text names its place and the remedy."""


@dataclass(frozen=True)
class Check:
    """One graded check."""

    name: str
    title: str
    points: int
    choice: str  # the learner's choice that it belongs to; "" for every one
    mistakes: tuple[Mistake, ...]  # those that name this check first


@dataclass(frozen=True)
class Lesson:
    """An exercise's checks, with what they catch."""

    checks: tuple[Check, ...]
    files: tuple[Path, ...]  # all that was read
    has_mistakes: bool  # an installed package comes without them

    @property
    def groups(self) -> tuple[tuple[str, tuple[Check, ...]], ...]:
        """The checks by choice, in the file's order; those of every choice come under ""."""
        choices = dict.fromkeys(check.choice for check in self.checks)
        return tuple((choice, tuple(c for c in self.checks if c.choice == choice)) for choice in choices)

    def also(self, mistake: Mistake) -> tuple[str, ...]:
        """Titles of the other checks that a mistake fails."""
        titles = {check.name: check.title for check in self.checks}
        return tuple(titles[name] for name in mistake.fails[1:])


def lesson_of(exercise: Exercise) -> Lesson:
    """Read an exercise's checks and mistakes; raise LessonError where one cannot be read."""
    heads = tuple(mistakes_of(exercise.folder))
    try:
        mistakes = [read_mistake(head) for head in heads]
    except MistakeError as error:
        raise LessonError(str(error)) from None
    graded = _graded(exercise.checks)
    for mistake in mistakes:
        for name in mistake.fails:
            if name not in graded:
                raise LessonError(f"{mistake.path}: it names the unknown check {name}. Correct the name.")
    checks = tuple(
        Check(name, title, points, choice, tuple(m for m in mistakes if m.fails[0] == name))
        for name, (title, points, choice) in graded.items()
    )
    return Lesson(checks, (exercise.checks, *heads), (exercise.folder / "mistakes").is_dir())


def _graded(path: Path) -> dict[str, tuple[str, int, str]]:
    """The graded checks of a file: name -> title, points, choice."""
    try:
        tree = ast.parse(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise LessonError(f"{path}, line {error.lineno}: not valid Python: {error.msg}.") from None
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and (call := _mark(node)):
            given = dict(zip(_ARGUMENTS, call.args, strict=False)) | {k.arg: k.value for k in call.keywords if k.arg}
            title = (ast.get_docstring(node) or node.name).partition("\n")[0].strip()
            points = _value(path, given, "points", 0, constants)
            found[node.name] = title, int(points), str(_value(path, given, "choice", "", constants))
    return found


def _mark(function: ast.FunctionDef) -> ast.Call | None:
    """The call of @graded above a function."""
    for mark in function.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "graded":
            return mark
    return None


def _value(
    path: Path, given: Mapping[str, ast.expr], name: str, default: Any, constants: Mapping[str, ast.expr]
) -> Any:
    if name not in given:
        return default
    node = given[name]
    if isinstance(node, ast.Name):
        node = constants.get(node.id, node)
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise LessonError(
            f"{path}, line {given[name].lineno}: write {name}= as a plain value, which can be read without running it."
        ) from None
