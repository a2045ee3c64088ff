"""A plan as an iCalendar file (RFC 5545): a block for each week, a day for each deliverable, no alarms.

All entries are whole days, so that no time zone is needed, and leave you free for other appointments. An entry's UID
depends on the pathway and the week's number only: importing a changed plan moves the entries instead of doubling them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from wardround.planner.markdown import task_line, week_title
from wardround.planner.schedule import Plan, PlannedPhase, PlannedWeek

PRODID = "-//Ward Round//wardround plan//EN"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def as_calendar(plan: Plan, site: str, stamp: datetime) -> bytes:
    """Return the calendar; `site` is the handbook's address with a slash at its end, `stamp` an aware time: now."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("x-wr-calname", f"Ward Round: {plan.wish.pathway.name}")
    stamp = stamp.astimezone(UTC).replace(microsecond=0)
    sequence = (stamp - EPOCH) // timedelta(minutes=1)  # a later import wins over an earlier one
    for uid, first, last, summary, description, url in _entries(plan, site):
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", stamp)
        event.add("sequence", sequence)
        event.add("dtstart", first)
        event.add("dtend", last + DAY)  # the first day after it
        event.add("summary", summary)
        event.add("description", description)
        event.add("url", url)
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    done: bytes = made.to_ical()
    return done


def _entries(plan: Plan, site: str) -> Iterator[tuple[str, date, date, str, str, str]]:
    for planned in plan.phases:
        url = f"{site}{planned.phase.page}.html"
        for week in planned.weeks:
            if week.number is not None:
                uid = f"{plan.wish.pathway.id}-week-{week.number}@wardround"
                yield uid, week.free[0], week.free[-1], week_title(week), _tasks(week, site), url
        uid = f"{plan.wish.pathway.id}-phase-{planned.phase.number}@wardround"
        summary = f"Due: {planned.phase.title}"
        yield uid, planned.due, planned.due, summary, _deliverable(planned), url


def _tasks(week: PlannedWeek, site: str) -> str:
    lines = [f"About {week.used:g} of your {week.hours:g} hours."]
    lines += [f"- Read {link.text}: {link.address(site)}" for link in week.reads]
    for planned in week.tasks:
        link = planned.task.link
        lines.append(f"- {task_line(planned)}" + (f" {link.address(site)}" if link else ""))
    return "\n".join(lines)


def _deliverable(planned: PlannedPhase) -> str:
    return "\n".join([planned.phase.deliverable, "Done when:", *(f"- {line}" for line in planned.phase.done_when)])
