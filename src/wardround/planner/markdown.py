"""A plan as Markdown.

The plan page's script writes the same, letter by letter: what has no date in it, it gets from here ready-made (see
`browser`), the rest it writes itself, so change both together.
"""

from collections.abc import Iterator
from datetime import date

from wardround.planner.material import Field, Link, Pathway, Phase, Task
from wardround.planner.schedule import Plan, Planned, PlannedWeek

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # fmt: skip - not strftime, which speaks the computer's language
# Lines with gaps for dates and numbers; the plan page gets them as they are.
LINES = {
    "title": "# Your plan: {name}",
    "whole": "{dates}: {count} weeks at {hours} hours a week. [The whole route]({site}{page}.html).",
    "longer": "- At {hours} hours a week{off}, the {usual} weeks of the pathway become {count}. No task is left out.",
    "ahead": "- No week asks for more than {most} hours. The plan does not run ahead: what is left is yours.",
    "off": "- Days off: {dates}. A short week has fewer hours; a week without hours is left out.",
    "middle": "- A task counts with the middle of its hours. Behind? Move the dates, and keep the order.",
    "load": "About {used} of your {hours} hours.",
    "again": "Made by this command; it makes the plan again, with other dates if you change them:",
}


def as_markdown(plan: Plan, site: str) -> str:
    """Return the plan as text, one line an idea; `site` is the handbook's address with a slash at its end."""
    return "\n".join(_lines(plan, site)) + "\n"


def command(plan: Plan) -> str:
    """Return the command that makes this plan again."""
    wish = plan.wish
    domain = f" --domain {wish.domain.id}" if wish.domain else ""
    skip = "".join(f" --skip {first}" + (f"..{last}" if last > first else "") for first, last in wish.skip)
    return f"wardround plan {wish.pathway.id}{domain} --start {wish.start} --hours {wish.hours:g}{skip}"


def said(day: date) -> str:
    """Return `4 January 2027`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def span(first: date, last: date) -> str:
    """Return `4-10 January 2027`, `29 March to 4 April 2027`, or both years where they differ."""
    if first == last:
        return said(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{said(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} to {said(last)}"
    return f"{said(first)} to {said(last)}"


def week_title(week: PlannedWeek) -> str:
    """Return the week's number and what it is about."""
    return f"Week {week.number}: {'; then '.join(week.focus)}"


def task_line(planned: Planned) -> str:
    """Return what to do, and which part of it where it needs several weeks; without its link and hours."""
    part = f" (part {planned.part} of {planned.parts})" if planned.parts > 1 else ""
    return f"{planned.task.text}{part}"


def before(pathway: Pathway, site: str) -> Iterator[str]:
    """Say what to do before the first week."""
    yield "## Before you begin"
    yield ""
    yield f"- [ ] Install the course. See [the command line]({site}reference/command-line.html)."
    if pathway.graded:
        yield f"- [ ] Take the exercises: `wardround start {pathway.id} my-work`"
    yield "- [ ] Put your hours into your calendar, at the same times each week."
    yield ""


def no_domain(site: str) -> Iterator[str]:
    """Say how to choose a domain."""
    yield "## Your domain: not chosen yet"
    yield ""
    yield f"Choose before phase 2 begins. Three questions help: [the six domains]({site}guide/domains/index.html)."
    yield ""


def domain_head(domain: Field, site: str) -> Iterator[str]:
    """Say what the domain is and what to build in it; its roles follow."""
    yield f"## Your domain: {domain.name}"
    yield ""
    yield f"{domain.summary} [Read the page]({site}{domain.page}.html)."
    yield ""
    yield f"**A first project.** {domain.project}"
    yield ""
    yield "**Roles to look for**"
    yield ""


def phase_head(phase: Phase, site: str) -> Iterator[str]:
    """Say what follows a phase's dates."""
    yield f"[The phase's page]({site}{phase.page}.html)."
    yield ""
    yield phase.outcome
    yield ""


def phase_end(phase: Phase) -> Iterator[str]:
    """Say what follows the day on which a phase's deliverable is due."""
    yield phase.deliverable
    yield ""
    yield "**Done when**"
    yield ""
    for line in phase.done_when:
        yield f"- [ ] {line}"
    yield ""
    yield f"**What to say about it.** {phase.say}"
    yield ""


def read_line(page: Link, site: str) -> str:
    """Return the line of a page to read."""
    return f"- [ ] Read [{page.text}]({page.address(site)})."


def way(task: Task, site: str) -> str:
    """Return where a task is done, with a space before it; nothing if nowhere in particular."""
    link = task.link
    return f" {link.says} [{link.text}]({link.address(site)})." if link else ""


def hours_said(task: Task) -> str:
    """Return `2-3`, or `2` where least and most are one."""
    return "-".join(dict.fromkeys(f"{hours:g}" for hours in task.hours))


def most_hours(pathway: Pathway) -> float:
    """Return the most hours that any week of the pathway may take."""
    return max(sum(task.hours[1] for task in week.tasks) for phase in pathway.phases for week in phase.weeks)


def load(week: PlannedWeek) -> str:
    """Return how full the week is."""
    return LINES["load"].format(used=f"{week.used:g}", hours=f"{week.hours:g}")


def _lines(plan: Plan, site: str) -> Iterator[str]:
    wish = plan.wish
    yield LINES["title"].format(name=wish.pathway.name)
    yield ""
    dates, hours = span(wish.start, plan.due), f"{wish.hours:g}"
    yield LINES["whole"].format(dates=dates, count=plan.count, hours=hours, site=site, page=wish.pathway.page)
    yield ""
    yield from _notes(plan)
    yield ""
    yield from before(wish.pathway, site)
    if wish.domain:
        yield from domain_head(wish.domain, site)
        yield from (f"- {role}" for role in wish.pathway.roles[wish.domain.id])
        yield ""
    else:
        yield from no_domain(site)
    for planned in plan.phases:
        yield f"## Phase {planned.phase.number}: {planned.phase.title}"
        yield ""
        dates, *rest = phase_head(planned.phase, site)
        yield f"{span(planned.first, planned.due)}. {dates}"
        yield from rest
        for week in planned.weeks:
            yield from _week(week, site)
        yield f"### Due on {said(planned.due)}"
        yield ""
        yield from phase_end(planned.phase)
    yield LINES["again"]
    yield ""
    yield f"    {command(plan)}"


def _notes(plan: Plan) -> Iterator[str]:
    wish, most, hours = plan.wish, most_hours(plan.wish.pathway), f"{plan.wish.hours:g}"
    if plan.count > wish.pathway.length:
        off = " and with your days off" if wish.skip else ""
        yield LINES["longer"].format(hours=hours, off=off, usual=wish.pathway.length, count=plan.count)
    if wish.hours > most:
        yield LINES["ahead"].format(most=f"{most:g}")
    if wish.skip:
        yield LINES["off"].format(dates="; ".join(span(first, last) for first, last in wish.skip))
    yield LINES["middle"]


def _week(week: PlannedWeek, site: str) -> Iterator[str]:
    if week.number is None:
        yield f"### {span(week.first, week.last)}: off"
        yield ""
        return
    yield f"### {week_title(week)}"
    yield ""
    off = f", {7 - len(week.free)} of 7 days off" if len(week.free) < 7 else ""
    yield f"{span(week.first, week.last)}{off}. {load(week)}"
    yield ""
    for page in week.reads:
        yield read_line(page, site)
    for planned in week.tasks:
        share = f"about {planned.hours:g} of " if planned.parts > 1 else ""
        yield f"- [ ] {task_line(planned)}{way(planned.task, site)} *{share}{hours_said(planned.task)} hours*"
    yield ""
