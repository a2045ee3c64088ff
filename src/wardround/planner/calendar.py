"""A plan as an iCalendar file (RFC 5545): a block for each week, a day for each deliverable, no alarms.

All entries are whole days, so that no time zone is needed, and leave you free for other appointments. An entry's UID
depends on the pathway and the week's number only: importing a changed plan moves the entries instead of doubling them.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from wardround.planner.markdown import load, phase_end, task_line, week_title
from wardround.planner.material import Link, Pathway, Phase
from wardround.planner.schedule import Plan, PlannedWeek

PRODID = "-//Ward Round//wardround plan//EN"
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def as_calendar(plan: Plan, site: str, stamp: datetime) -> bytes:
    """Return the calendar; `site` is the handbook's address with a slash at its end, `stamp` an aware time: now."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("x-wr-calname", title(plan.wish.pathway))
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
        yield uid, planned.due, planned.due, summary, deliverable(planned.phase), url


def _tasks(week: PlannedWeek, site: str) -> str:
    lines = [load(week)]
    lines += [read_line(page, site) for page in week.reads]
    for planned in week.tasks:
        link = planned.task.link
        lines.append(f"- {task_line(planned)}" + (f" {link.address(site)}" if link else ""))
    return "\n".join(lines)


def title(pathway: Pathway) -> str:
    """Return the calendar's name."""
    return f"Ward Round: {pathway.name}"


def read_line(page: Link, site: str) -> str:
    """Return the line of a page to read."""
    return f"- Read {page.text}: {page.address(site)}"


def deliverable(phase: Phase) -> str:
    """Return what the entry of a deliverable's day says: the same as the text, without its marks."""
    return "\n".join(phase_end(phase)).replace("**", "").replace("- [ ] ", "- ").strip()
