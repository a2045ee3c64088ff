"""Exercises that let a learner choose: the checks of one choice are run, those of the others are left alone."""

from collections.abc import Callable, Iterable
from typing import Any

from wardround.grading.marks import grade_of

CHOICE_FILE = "choice.yaml"


def choices_of(checks: Iterable[Callable[..., Any]]) -> tuple[str, ...]:
    """Return the choices that a file's checks are marked with, in its order; none if everyone does the same."""
    ordered = sorted(checks, key=lambda check: check.__code__.co_firstlineno)
    marked = (grade.choice for check in ordered if (grade := grade_of(check)))
    return tuple(dict.fromkeys(choice for choice in marked if choice))
