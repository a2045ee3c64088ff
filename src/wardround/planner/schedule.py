"""Puts dates to the tasks of a pathway: pure, and without a clock.

A task counts with the middle of its range of hours. The weeks of a plan are seven days from its start. A pathway's week
never comes earlier than in the pathway itself; if the hours do not hold it, its last tasks move into the next week, or
are begun and end there, and the plan grows. Each phase begins a new week. A day off takes its seventh of the week's
hours; a week without hours is left out.
"""

import math
from collections import deque
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wardround.planner.material import Link, Phase, Task
from wardround.planner.wish import Wish

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
LEAST_PART = 1.0  # hours: a task is begun in one week and ended in the next only if each part is worth sitting down for


@dataclass(frozen=True)
class Planned:
    """A task, or the part of a task that falls into a week."""

    task: Task
    hours: float  # what it takes of its week
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class PlannedWeek:
    """Seven days. A week off has no number and no tasks."""

    number: int | None
    first: date  # of the seven days
    last: date
    free: tuple[date, ...]  # its days that are not off
    hours: float  # what the person has
    focus: tuple[str, ...] = ()
    reads: tuple[Link, ...] = ()
    tasks: tuple[Planned, ...] = ()

    @property
    def used(self) -> float:
        """Hours that the tasks take."""
        return sum(planned.hours for planned in self.tasks)


@dataclass(frozen=True)
class PlannedPhase:
    """A phase with its weeks, weeks off among them, and the day on which its deliverable is due."""

    phase: Phase
    weeks: tuple[PlannedWeek, ...]

    @property
    def first(self) -> date:
        """The first day of its first week with tasks that is not off."""
        return next(week.free[0] for week in self.weeks if week.tasks)

    @property
    def due(self) -> date:
        """The last day that is not off."""
        return self.weeks[-1].free[-1]


@dataclass(frozen=True)
class Plan:
    """A dated plan."""

    wish: Wish
    phases: tuple[PlannedPhase, ...]

    @property
    def weeks(self) -> tuple[PlannedWeek, ...]:
        """All weeks, weeks off among them."""
        return tuple(week for phase in self.phases for week in phase.weeks)

    @property
    def count(self) -> int:
        """How many weeks have tasks."""
        return sum(week.number is not None for week in self.weeks)

    @property
    def due(self) -> date:
        """The last day."""
        return self.phases[-1].due


@dataclass
class _Waiting:
    """A task that is not wholly placed yet."""

    task: Task
    week: int  # of its phase, from 0
    left: float  # hours


def make_plan(wish: Wish) -> Plan:
    """Place every task of the pathway; none is ever left out."""
    reading = deque(wish.pathway.reading)
    if wish.domain:
        reading = deque([wish.domain.read, *(link for link in reading if not link.is_domain)])
    phases: list[PlannedPhase] = []
    first, number = wish.start, 0
    for phase in wish.pathway.phases:
        reads = {n: reading.popleft() for n in range(len(phase.weeks)) if reading}
        weeks = _place(phase, wish, first, number, reads)
        first = weeks[-1].last + DAY
        number += sum(week.number is not None for week in weeks)
        phases.append(PlannedPhase(phase, tuple(weeks)))
    return Plan(wish, tuple(phases))


def _place(phase: Phase, wish: Wish, first: date, number: int, reads: dict[int, Link]) -> list[PlannedWeek]:
    """Place a phase's tasks from `first` on; `number` weeks came before. Each page is read as its week begins."""
    waiting = deque(_Waiting(task, n, sum(task.hours) / 2) for n, week in enumerate(phase.weeks) for task in week.tasks)
    weeks: list[PlannedWeek] = []
    begun = 0
    while waiting:
        free = tuple(day for day in (first + n * DAY for n in range(7)) if not _is_off(day, wish))
        hours = math.floor(2 * wish.hours * len(free) / 7) / 2
        week = PlannedWeek(None, first, first + 6 * DAY, free, hours)
        if hours > 0:
            begun += 1
            placed = _fill(waiting, hours, begun)
            of = sorted({n for n, _ in placed})
            week = replace(
                week,
                number=number + begun,
                focus=tuple(phase.weeks[n].focus for n in of),
                reads=tuple(reads.pop(n) for n in of if n in reads),
                tasks=tuple(planned for _, planned in placed),
            )
        weeks.append(week)
        first += WEEK
    return _numbered_parts(weeks)


def _fill(waiting: deque[_Waiting], hours: float, begun: int) -> list[tuple[int, Planned]]:
    """Take what fits into a week, each with its week in the phase, from those that may begin by week `begun`."""
    placed: list[tuple[int, Planned]] = []
    room = hours
    while waiting and room > 0 and waiting[0].week < begun:
        item = waiting[0]
        if item.left > room and placed and min(room, item.left - room) < LEAST_PART:
            break  # whole, in the next week
        now = min(item.left, room)
        placed.append((item.week, Planned(item.task, now)))
        item.left -= now
        room -= now
        if item.left == 0:
            waiting.popleft()
    return placed


def _numbered_parts(weeks: list[PlannedWeek]) -> list[PlannedWeek]:
    every = [id(planned.task) for week in weeks for planned in week.tasks]
    seen: dict[int, int] = {}

    def numbered(planned: Planned) -> Planned:
        seen[id(planned.task)] = part = seen.get(id(planned.task), 0) + 1
        return replace(planned, part=part, parts=every.count(id(planned.task)))

    return [replace(week, tasks=tuple(numbered(planned) for planned in week.tasks)) for week in weeks]


def _is_off(day: date, wish: Wish) -> bool:
    return any(first <= day <= last for first, last in wish.skip)
