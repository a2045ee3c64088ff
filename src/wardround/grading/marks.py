"""`@graded`: what turns a test function into a check with points."""

from collections.abc import Callable
from dataclasses import dataclass
from types import FunctionType
from typing import TypeVar

CALL_SECONDS = 10.0
_Check = TypeVar("_Check", bound=Callable[..., None])


@dataclass(frozen=True, slots=True)
class Grade:
    """What a check is worth and how it helps."""

    points: int
    hint: str
    seconds: float  # the limit for one call into the learner's code
    choice: str = ""  # which of the exercise's choices it belongs to; "" for every one of them


def graded(points: int, hint: str = "", seconds: float = CALL_SECONDS, choice: str = "") -> Callable[[_Check], _Check]:
    """Mark a test as a graded check.

    Args:
        points: What it adds to the exercise's 100 when it passes on every seed.
        hint: One sentence that helps without giving the answer away.
        seconds: The time limit for each single call into the learner's code.
        choice: Where an exercise lets the learner choose (in choice.yaml), the choice for which this check is run.

    The first line of the test's docstring is the check's title on the scorecard.
    """

    def mark(check: _Check) -> _Check:
        check.__wardround__ = Grade(points, hint, float(seconds), choice)  # type: ignore[attr-defined]
        return check

    return mark


def grade_of(check: object) -> Grade | None:
    """Return a check's grade; None for anything that `@graded` has not marked."""
    # Only functions are asked: objects in other people's test modules may do anything when an attribute is read.
    grade = vars(check).get("__wardround__") if isinstance(check, FunctionType) else None
    return grade if isinstance(grade, Grade) else None
