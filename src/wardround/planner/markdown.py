"""A plan as Markdown. The plan page's script writes the same, letter by letter: change both together."""

from collections.abc import Iterable, Iterator
from datetime import date

from wardround.planner.schedule import Plan, Planned, PlannedPhase, PlannedWeek
from wardround.planner.wish import Days

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


def days_listed(skip: Iterable[Days]) -> str:
    """Return the days off as `1-7 February 2027; 1 March 2027`."""
    return "; ".join(span(first, last) for first, last in skip)


def _lines(plan: Plan, site: str) -> Iterator[str]:
    wish = plan.wish
    yield f"# Your plan: {wish.pathway.name}"
    yield ""
    yield f"{span(wish.start, plan.due)}: {plan.count} weeks at {wish.hours:g} hours a week. The pathway:"
    yield f"{site}{wish.pathway.page}.html"
    yield ""
    yield from _notes(plan)
    yield ""
    yield "## Before you begin"
    yield ""
    yield f"- [ ] Install the course. See [the command line]({site}reference/command-line.html)."
    if wish.pathway.graded:
        yield f"- [ ] Take the exercises: `wardround start {wish.pathway.id} my-work`"
    yield "- [ ] Put your hours into your calendar, at the same times each week."
    yield ""
    yield from _domain(plan, site)
    for phase in plan.phases:
        yield from _phase(phase, site)
    yield "Made by this command; it makes the plan again, with other dates if you change them:"
    yield ""
    yield f"    {command(plan)}"


def _notes(plan: Plan) -> Iterator[str]:
    wish = plan.wish
    if plan.count > plan.usual:
        why = f"At {wish.hours:g} hours a week" + (" and with your days off" if wish.skip else "")
        yield f"- {why}, the {plan.usual} weeks of the pathway become {plan.count}. No task is left out."
    most = max(sum(task.hours[1] for task in week.tasks) for phase in wish.pathway.phases for week in phase.weeks)
    if wish.hours > most:
        yield f"- No week asks for more than {most:g} hours. The plan does not run ahead: what is left is yours."
    if wish.skip:
        yield f"- Days off: {days_listed(wish.skip)}. A short week has fewer hours; a week without hours is left out."
    yield "- A task counts with the middle of its hours. Behind? Move the dates, and keep the order and the conditions."


def _domain(plan: Plan, site: str) -> Iterator[str]:
    wish = plan.wish
    if wish.domain is None:
        yield "## Your domain: not chosen yet"
        yield ""
        yield f"Choose before phase 2 begins. Three questions help: [the six domains]({site}guide/domains/index.html)."
        yield ""
        return
    yield f"## Your domain: {wish.domain.name}"
    yield ""
    yield f"{wish.domain.summary} [Read the page]({site}{wish.domain.page}.html)."
    yield ""
    yield f"**A first project.** {wish.domain.project}"
    yield ""
    yield "**Roles to look for**"
    yield ""
    for role in wish.pathway.roles[wish.domain.id]:
        yield f"- {role}"
    yield ""


def _phase(planned: PlannedPhase, site: str) -> Iterator[str]:
    phase = planned.phase
    yield f"## Phase {phase.number}: {phase.title}"
    yield ""
    yield f"{span(planned.first, planned.due)}. [The phase's page]({site}{phase.page}.html)."
    yield ""
    yield phase.outcome
    yield ""
    for week in planned.weeks:
        yield from _week(week, site)
    yield f"### Due on {said(planned.due)}"
    yield ""
    yield phase.deliverable
    yield ""
    yield "**Done when**"
    yield ""
    for line in phase.done_when:
        yield f"- [ ] {line}"
    yield ""
    yield f"**What to say about it.** {phase.say}"
    yield ""


def _week(week: PlannedWeek, site: str) -> Iterator[str]:
    if week.number is None:
        yield f"### {span(week.first, week.last)}: off"
        yield ""
        return
    yield f"### {week_title(week)}"
    yield ""
    off = f", {7 - len(week.free)} of 7 days off" if len(week.free) < 7 else ""
    yield f"{span(week.first, week.last)}{off}. About {week.used:g} of your {week.hours:g} hours."
    yield ""
    for page in week.reads:
        yield f"- [ ] Read [{page.text}]({page.address(site)})."
    for planned in week.tasks:
        link, (low, high) = planned.task.link, planned.task.hours
        way = f" {link.says} [{link.text}]({link.address(site)})." if link else ""
        hours = f"{low:g}" if low == high else f"{low:g}-{high:g}"
        taken = f"about {planned.hours:g} of {hours}" if planned.parts > 1 else hours
        yield f"- [ ] {task_line(planned)}{way} *{taken} hours*"
    yield ""
