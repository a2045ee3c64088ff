"""The twelve weeks laid over a term: nothing is lost, nothing is due in a break, phases end in order."""

from datetime import date, timedelta

import pytest

from wardround.course import Break, Course
from wardround.syllabus import due, weeks_of

START = date(2027, 1, 11)


def course(weeks: int, *breaks: Break) -> Course:
    return Course(
        name="AI", institution="Riverbend", contact="a@b.example", term_start=START, term_weeks=weeks, breaks=breaks
    )


def free(first_day: int, days: int) -> Break:
    first = START + timedelta(days=first_day)
    return Break(name="Free", first=first, last=first + timedelta(days=days - 1))


def test_without_a_course_there_are_twelve_weeks_and_no_days():
    weeks = weeks_of(None)
    assert [week.plan for week in weeks] == [(n,) for n in range(1, 13)]
    assert [week.number for week in weeks if week.due] == [4, 8, 12]
    assert {(week.first, week.due_day) for week in weeks} == {(None, None)}


@pytest.mark.parametrize("length", [3, 4, 5, 8, 11, 12, 13, 14, 15, 16, 26, 60])
def test_every_week_of_the_plan_falls_into_the_term_once_and_before_its_phase_is_due(length):
    weeks = weeks_of(course(length))
    assert len(weeks) == length
    assert [plan for week in weeks for plan in week.plan] == list(range(1, 13))
    ends = {week.due: week.number for week in weeks if week.due}
    assert list(ends) == [1, 2, 3]
    assert ends[3] == length
    for week in weeks:
        assert all(week.number <= ends[(plan - 1) // 4 + 1] for plan in week.plan)
    assert max(len(week.plan) for week in weeks) <= -(-12 // min(length, 12)) + 1


def test_a_week_off_is_left_free_and_what_follows_moves_by_a_week():
    weeks = weeks_of(course(13, free(21, 7)))
    assert (weeks[3].off, weeks[3].plan) == ("Free", ())
    assert weeks[4].plan == (4,)
    assert due(course(13, free(21, 7)), 1).due_day == START + timedelta(weeks=5, days=-1)


def test_a_short_break_keeps_the_week_and_moves_the_day_that_work_is_due():
    week = weeks_of(course(12, free(24, 4)))[3]  # Thursday to Sunday of the fourth week
    assert (week.plan, week.off, week.due_day) == ((4,), "", START + timedelta(days=23))


def test_spare_weeks_end_the_later_phases():
    assert [week.number for week in weeks_of(course(14)) if not week.plan] == [9, 14]
