"""What a person asks of a plan, read from text and checked before anything is made."""

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from wardround.planner.faults import PlanError
from wardround.planner.material import Field, Material, Pathway
from wardround.wording import listed, nearest

LEAST_HOURS, MOST_HOURS = 2, 40
YEARS_AHEAD = 5
LONGEST_BREAK = 366  # days

Days = tuple[date, date]  # first and last
Named = TypeVar("Named", Pathway, Field)


@dataclass(frozen=True)
class Wish:
    """A pathway, perhaps a domain, the first day, hours a week, and days off as (first, last), in order."""

    pathway: Pathway
    domain: Field | None
    start: date
    hours: float
    skip: tuple[Days, ...] = ()


def read_wish(
    source: Material,
    *,
    pathway: str,
    domain: str | None,
    start: str | None,
    hours: str,
    skip: Iterable[str],
    today: date,
) -> Wish:
    """Read a wish; without a start it is the coming Monday. Raises PlanError, one sentence with the remedy."""
    chosen = _named(pathway, source.pathways, "pathway")
    field = None if domain is None else _named(domain, source.domains, "domain")
    first = _start(start, today)
    return Wish(chosen, field, first, _hours(hours), tuple(sorted({_days_off(text, first) for text in skip})))


def _named(name: str, items: Sequence[Named], kind: str) -> Named:
    known = {other.casefold(): item for item in items for other in item.names}
    found = known.get(name.strip().casefold())
    if found is None:
        near = nearest(name.strip(), known)
        hint = f" Did you mean {known[near].id}?" if near else f" Choose one of {listed(item.id for item in items)}."
        raise PlanError(f"There is no {kind} {name.strip()}.{hint}")
    return found


def _start(text: str | None, today: date) -> date:
    if text is None:
        return today + timedelta(days=-today.weekday() % 7)
    day = _day(text, "start")
    if day < today:
        raise PlanError(f"The start {day} is past. Write {today} or a later day.")
    if day > today + timedelta(days=365 * YEARS_AHEAD):
        raise PlanError(f"The start {day} is more than {YEARS_AHEAD} years ahead. Is the year right?")
    return day


def _hours(text: str) -> float:
    number = re.fullmatch(r"(\d{1,4})(?:[.,]([05]))?", text.strip())
    if not number:
        raise PlanError(f"{text} is not a number of hours. Write whole or half hours a week, such as 8 or 7.5.")
    hours = int(number[1]) + (0.5 if number[2] == "5" else 0)
    if hours == 0:
        raise PlanError(
            f"With 0 hours a week there is no plan. Write the hours that you have, {LEAST_HOURS} to {MOST_HOURS}; "
            "most people count on 5 to 10."
        )
    if hours < LEAST_HOURS:
        raise PlanError(
            f"Fewer than {LEAST_HOURS} hours a week would take more than a year. Write at least {LEAST_HOURS}, "
            "or begin when you have them."
        )
    if hours > MOST_HOURS:
        raise PlanError(
            f"{hours:g} hours a week are more than a full-time post. Write at most {MOST_HOURS}; "
            "the pathways are made for 5 to 10."
        )
    return hours


def _days_off(text: str, start: date) -> Days:
    first_text, dots, last_text = text.partition("..")
    first = _day(first_text, "day off")
    last = _day(last_text, "day off") if dots else first
    if last < first:
        raise PlanError(f"The days off {text.strip()} are reversed. Write the first day first: {last}..{first}.")
    if last < start:
        raise PlanError(f"The days off {text.strip()} end before the plan starts on {start}. Is the year right?")
    if (last - first).days >= LONGEST_BREAK:
        raise PlanError(f"The days off {text.strip()} last more than a year. Start after them instead.")
    return first, last


def _day(text: str, what: str) -> date:
    text = text.strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise PlanError(f'The {what} "{text}" is not a date. Write year-month-day, such as 2027-01-04.{_meant(text)}')
    with suppress(ValueError):
        return date.fromisoformat(text)
    year, month = int(text[:4]), int(text[5:7])
    if 1 <= month <= 12 and year > 0:  # so the day is at fault
        last = date(year, month, monthrange(year, month)[1])
        raise PlanError(f"The {what} {text} is not in the calendar; that month ends on {last}.")
    raise PlanError(f"The {what} {text} is not in the calendar: months are 01 to 12.")


def _meant(text: str) -> str:
    """Guess a date that is written in another way, where it can be read in one way only."""
    for style in ("%Y/%m/%d", "%Y.%m.%d", "%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%B %d %Y", "%d.%m.%Y"):
        with suppress(ValueError):
            return f" Did you mean {datetime.strptime(text, style).date()}?"  # noqa: DTZ007 - a day has no zone
    return ""
