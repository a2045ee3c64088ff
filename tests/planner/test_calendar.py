"""The plan as a calendar: what programs that import it rely on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from wardround.planner.calendar import as_calendar

SITE = "https://example.org/handbook/"
STAMP = datetime(2026, 11, 22, 12, 0, 30, tzinfo=UTC)


def events(data):
    return {str(event["UID"]): event for event in Calendar.from_ical(data).walk("VEVENT")}


@pytest.fixture(scope="module")
def data(plan):
    return as_calendar(plan("software-engineer", "2027-02-01..2027-02-07", "2027-01-31", hours="6"), SITE, STAMP)


def test_lines_are_folded_and_end_as_the_standard_says(data):
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"VTIMEZONE" not in data
    assert b"VALARM" not in data


def test_weeks_and_deliverables_are_whole_days_that_are_not_off(data, plan):
    made = plan("software-engineer", "2027-02-01..2027-02-07", "2027-01-31", hours="6")
    found = events(data)
    assert len(found) == made.count + 3
    for week in made.weeks:
        if week.number:
            event = found[f"software-engineer-week-{week.number}@wardround"]
            assert event.decoded("dtstart") == week.free[0]
            assert event.decoded("dtend") - timedelta(days=1) == week.free[-1]
            text = str(event["DESCRIPTION"])
            assert all(planned.task.text in text for planned in week.tasks)
    for n, phase in enumerate(made.phases, 1):
        event = found[f"software-engineer-phase-{n}@wardround"]
        assert event.decoded("dtstart") == phase.due
        assert phase.phase.deliverable in str(event["DESCRIPTION"])
    for event in found.values():
        assert type(event.decoded("dtstart")) is date
        assert event["TRANSP"] == "TRANSPARENT"
        assert event.decoded("dtstamp") == STAMP
        assert str(event["URL"]).startswith(SITE)


def test_importing_a_changed_plan_replaces_it(data, plan):
    later = as_calendar(plan(start="2027-02-01", hours="6"), SITE, STAMP + timedelta(minutes=5))
    before, after = events(data), events(later)
    assert set(before) & set(after) == set(after)
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in after)
    assert set(events(as_calendar(plan("clinician"), SITE, STAMP))).isdisjoint(before)
