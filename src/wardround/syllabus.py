"""The twelve weeks of a pathway laid over a term: which week holds what, and which day a phase is due.

Plain arithmetic on a course's start, weeks and breaks; without a course the weeks have numbers and no days.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from wardround.course import PHASES, Course, is_off

PLAN_WEEKS = 12
_OF_A_PHASE = PLAN_WEEKS // PHASES


@dataclass(frozen=True)
class TermWeek:
    """One calendar week of a term.

    `number` counts from 1, weeks off included. `plan` holds the pathways' weeks (1-12) that fall into it: one, more in
    a short term, none in a week off or a week to catch up. `due` is the phase (1-3) whose work is due on `due_day`, the
    last day of the week that is not free. `first`, `last` and `due_day` are None where no course says when.
    """

    number: int
    plan: tuple[int, ...] = ()
    off: str = ""
    due: int | None = None
    first: date | None = None
    last: date | None = None
    due_day: date | None = None


def weeks_of(course: Course | None) -> tuple[TermWeek, ...]:
    """The weeks of a term, or the plain twelve without a course.

    Weeks off are left free. If more weeks remain than the plan has, each phase ends with its share of weeks to catch
    up, the later phases first; if fewer, neighboring weeks of the plan share one. A phase is due in its last week,
    catching up included.
    """
    if course is None:
        return tuple(
            TermWeek(n, (n,), due=n // _OF_A_PHASE if n % _OF_A_PHASE == 0 else None) for n in range(1, PLAN_WEEKS + 1)
        )
    starts = [course.term_start + timedelta(weeks=week) for week in range(course.term_weeks)]
    taught = [week for week, first in enumerate(starts) if not is_off(first, course.breaks)]
    plan: dict[int, tuple[int, ...]] = {}
    ends: dict[int, int] = {}
    free = iter(taught)
    for phase, length in enumerate(_lengths(len(taught)), 1):
        mine = [next(free) for _ in range(length)]
        plan.update(zip(mine, _spread(phase, length), strict=True))
        ends[mine[-1]] = phase
    made = []
    for week, first in enumerate(starts):
        days = [first + timedelta(days=day) for day in range(7)]
        off = "" if week in plan else next((b.name for day in days if (b := course.break_on(day))), "")
        due_day = next((day for day in reversed(days) if not course.break_on(day)), None) if week in ends else None
        made.append(TermWeek(week + 1, plan.get(week, ()), off, ends.get(week), first, days[-1], due_day))
    return tuple(made)


def due(course: Course | None, phase: int) -> TermWeek:
    """The week at whose end a phase (1-3) is due."""
    return next(week for week in weeks_of(course) if week.due == phase)


def _lengths(weeks: int) -> list[int]:
    """How many of the taught weeks each phase gets: as equal as can be, what is left over to the later ones."""
    share, rest = divmod(weeks, PHASES)
    return [share + (phase >= PHASES - rest) for phase in range(PHASES)]


def _spread(phase: int, length: int) -> list[tuple[int, ...]]:
    """The four weeks of a phase over `length` weeks: together where these are fewer, then weeks to catch up."""
    first = (phase - 1) * _OF_A_PHASE + 1
    weeks = range(first, first + _OF_A_PHASE)
    if length >= _OF_A_PHASE:
        return [(week,) for week in weeks] + [()] * (length - _OF_A_PHASE)
    return [
        tuple(week for i, week in enumerate(weeks) if i * length // _OF_A_PHASE == place) for place in range(length)
    ]
