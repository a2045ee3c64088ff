"""Dates: nothing is lost, nothing overfills a week, nothing runs ahead, nothing is due on a day off."""

from collections import Counter
from datetime import date, timedelta

import pytest

PATHWAYS = (
    "software-engineer", "data-scientist", "clinician", "life-sciences", "operations-business", "student-switcher",
)  # fmt: skip
HOLIDAYS = ("2027-01-06", "2027-01-29..2027-01-31", "2027-02-01..2027-02-07", "2027-03-11..2027-03-24")


@pytest.mark.parametrize("hours", ["2", "3.5", "5", "7.5", "8", "40"])
@pytest.mark.parametrize("pathway", PATHWAYS)
def test_every_task_is_placed_whole_in_order_and_within_the_hours(plan, pathway, hours):
    made = plan(pathway, *HOLIDAYS, hours=hours)
    wanted = [task for phase in made.wish.pathway.phases for week in phase.weeks for task in week.tasks]
    placed = [planned for week in made.weeks for planned in week.tasks]
    assert list(dict.fromkeys(id(planned.task) for planned in placed)) == [id(task) for task in wanted]
    taken = Counter()
    for planned in placed:
        taken[id(planned.task)] += planned.hours  # two weeks may say "go on with the course"
    assert taken == {id(task): sum(task.hours) / 2 for task in wanted}
    assert all(week.used <= week.hours for week in made.weeks)


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_eight_hours_are_enough_for_twelve_weeks(plan, pathway):
    made = plan(pathway)
    assert made.count == 12
    assert made.due == date(2027, 3, 28)
    assert [week.focus for week in made.weeks] == [(w.focus,) for p in made.wish.pathway.phases for w in p.weeks]


def test_more_hours_do_not_run_ahead_and_fewer_take_longer(plan):
    counts = [plan(hours=hours).count for hours in ("40", "8", "6", "4", "2")]
    assert counts[0] == counts[1] == 12
    assert counts == sorted(counts)
    assert counts[2] > 12


def test_a_week_off_moves_the_plan_by_a_week(plan):
    free, with_break = plan(), plan("software-engineer", "2027-02-01..2027-02-07")
    assert with_break.count == free.count
    assert with_break.due == free.due + timedelta(days=7)
    off = [week for week in with_break.weeks if week.number is None]
    assert [(week.first, week.last) for week in off] == [(date(2027, 2, 1), date(2027, 2, 7))]


def test_days_off_take_their_share_of_the_hours(plan):
    week = plan("software-engineer", "2027-01-05..2027-01-07").weeks[0]
    assert len(week.free) == 4
    assert week.hours == 4.5  # 8 hours x 4 of 7 days, rounded down to half an hour


def test_nothing_is_due_on_a_day_off(plan):
    made = plan("software-engineer", "2027-01-31", hours="8")
    assert made.phases[0].due == date(2027, 1, 30)
    for phase in plan("clinician", *HOLIDAYS, hours="5").phases:
        assert not any(first <= phase.due <= last for first, last in made.wish.skip)


def test_a_long_task_is_told_in_numbered_parts(plan):
    parts = [p for week in plan(hours="2").weeks for p in week.tasks if p.parts > 1]
    by_task = {}
    for planned in parts:
        by_task.setdefault(id(planned.task), []).append(planned.part)
    assert by_task
    assert all(found == list(range(1, len(found) + 1)) for found in by_task.values())
    assert all(p.parts == len(by_task[id(p.task)]) for p in parts)


def test_each_page_of_the_reading_list_is_read_once_and_the_domain_first(plan):
    for hours in ("2", "8"):
        made = plan("data-scientist", domain="imaging", hours=hours)
        read = [link.to for week in made.weeks for link in week.reads]
        assert read[0] == "guide/domains/imaging"
        others = [link.to for link in made.wish.pathway.reading if not link.to.startswith("guide/domains/")]
        assert read[1:] == others
