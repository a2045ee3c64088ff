"""The course file: what an instructor says once about a course, for the handbook and for the tools of a class.

`read_course("my-course.toml")` returns a frozen `Course`, or raises `CourseError` with every fault of the file.
"""

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from wardround.careers import load
from wardround.careers.checks import Entry
from wardround.careers.faults import Fault
from wardround.careers.models import Item, Text
from wardround.careers.reading import Document, Where
from wardround.careers.validating import validate
from wardround.wording import counted, did_you_mean, listed

PHASES = 3
LOGO_FORMATS = {".svg": b"", ".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
LARGEST_LOGO = 200_000  # bytes: every page carries it
LONGEST_TERM = 60  # weeks
_BREAK_DAYS = 5  # a week with so many free days is a week off

Line = Annotated[Text, StringConstraints(max_length=100, pattern=r"^[^\n]*$")]


class CourseError(ValueError):
    """The course file cannot be used. `faults` holds every fault, in the order of lines; the text lists them all."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults), key=lambda fault: (fault.line or 0, fault.message)))
        headline = f"{name} has {counted(len(self.faults), 'fault')}; nothing was built."
        super().__init__("\n".join([headline, *map(str, self.faults)]))


def _a_day(value: object) -> object:
    """Let a day through, as TOML's own date or in quotes; a time of day or another spelling is a fault."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise ValueError(f'"{value}" is no day of the calendar; write one such as 2027-01-11') from None
    raise ValueError(f'"{value}" is no day; write year, month and day as in 2027-01-11, without a time')


def _known_pathways() -> tuple[str, ...]:
    return tuple(pathway.id for pathway in load().pathways)


class Break(Item):
    """Days without work: a week off, or a holiday. The first and the last day belong to it."""

    name: Line = Field(description='what learners call it, such as "Reading week"')
    first: date = Field(description="first free day, such as 2027-03-01")
    last: date = Field(description="last free day, such as 2027-03-07")

    _days = field_validator("first", "last", mode="before")(_a_day)

    @model_validator(mode="after")
    def _forward(self) -> Self:
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) lies before first ({self.first}); swap the two")
        return self


class Link(Item):
    """A link in the footer of every page and on the syllabus."""

    text: Line = Field(description='the words of the link, such as "Course forum"')
    url: Text = Field(description="its address, beginning with https://, http:// or mailto:")

    @field_validator("url")
    @classmethod
    def _address(cls, url: str) -> str:
        if not re.fullmatch(r"(https?://|mailto:)[^\s<>\"]+", url):
            raise ValueError(f'"{url}" is no address; begin it with https://, http:// or mailto:')
        return url


class Course(Item):
    """One course in one term, as its instructor's file describes it."""

    name: Line = Field(description='what the course is called, such as "Healthcare AI for Nurses"')
    institution: Line = Field(description="the school, faculty or hospital that runs it")
    contact: Line = Field(description="an e-mail address, or the https address of a page where learners ask")
    term_start: date = Field(description="first day of the first week, such as 2027-01-11")
    term_weeks: int = Field(description="calendar weeks of the term, breaks included, such as 14")
    pathways: tuple[Text, ...] = Field(
        default_factory=_known_pathways,
        min_length=1,
        description="ids of the pathways that the course uses; all six if left out",
    )
    url: Text | None = Field(None, description="where the site will stand, beginning with https:// or http://")
    policy: str = Field("", description="rules of the course in Markdown: late work, help, use of AI; on the syllabus")
    logo: Path | None = Field(
        None, description="an svg, png or jpg of at most 200 KB; its path, seen from the course file"
    )
    brand_color: str | None = Field(None, description='the color of links and buttons, such as "#7B1E3A"')
    links: tuple[Link, ...] = Field((), description="tables [[links]], each with text and url")
    breaks: tuple[Break, ...] = Field((), description="tables [[breaks]], each with name, first and last")

    _day = field_validator("term_start", mode="before")(_a_day)

    @field_validator("term_weeks", mode="before")
    @classmethod
    def _weeks(cls, weeks: object) -> object:
        if not _is_length(weeks):
            raise ValueError(f"{weeks!r} is no whole number from {PHASES} to {LONGEST_TERM}, without quotes")
        return weeks

    @field_validator("contact")
    @classmethod
    def _reachable(cls, contact: str) -> str:
        if not re.fullmatch(r"https?://\S+|[^@\s:/<>\"]+@[^@\s:/<>\"]+\.[^@\s:/<>\"]+", contact):
            raise ValueError(f'"{contact}" is neither an e-mail address nor an https address')
        return contact

    @field_validator("url")
    @classmethod
    def _site(cls, url: str | None) -> str | None:
        if url is not None and not re.fullmatch(r"https?://[^\s<>\"]+", url):
            raise ValueError(f'"{url}" is no address of a site; begin it with https:// or http://')
        return url

    @field_validator("pathways", "links", "breaks", mode="before")
    @classmethod
    def _list(cls, value: object) -> object:
        if not isinstance(value, list | tuple):
            raise ValueError('is no list; write pathways = ["clinician"], and links and breaks as tables [[links]]')  # noqa: TRY004 - pydantic collects ValueErrors
        return value

    @field_validator("links", "breaks", mode="before")
    @classmethod
    def _tables(cls, value: list[object]) -> list[object]:
        if any(not isinstance(item, dict | Item) for item in value):
            raise ValueError("takes tables; write [[links]] or [[breaks]] on a line of its own, and its keys below it")
        return value

    @field_validator("pathways")
    @classmethod
    def _known(cls, pathways: tuple[str, ...]) -> tuple[str, ...]:
        known = _known_pathways()
        wrong = [f'no pathway is called "{name}".{did_you_mean(name, known)}' for name in pathways if name not in known]
        if wrong:
            raise ValueError(f"{' '.join(wrong)} The pathways are {listed(known)}")
        if twice := sorted({name for name in pathways if pathways.count(name) > 1}):
            raise ValueError(f"{listed(twice)} stands there twice; keep one")
        return pathways

    @field_validator("brand_color")
    @classmethod
    def _color(cls, color: str | None) -> str | None:
        if color is not None and not re.fullmatch(r"#[0-9a-fA-F]{6}", color):
            raise ValueError(f'"{color}" is no color; write # and six digits of 0-9 and A-F, such as "#7B1E3A"')
        return color and color.upper()

    @field_validator("logo")
    @classmethod
    def _picture(cls, logo: Path | None) -> Path | None:
        if logo is not None and (why := _unreadable(logo)):
            raise ValueError(f"{logo.name} {why}")
        return logo

    @property
    def slug(self) -> str:
        """The name as a folder: "AI in Nursing, spring" becomes ai-in-nursing-spring."""
        return re.sub(r"[^a-z0-9]+", "-", self.name.casefold()).strip("-") or "course"

    @property
    def contact_url(self) -> str:
        """The contact as a link."""
        return self.contact if self.contact.startswith("http") else f"mailto:{self.contact}"

    @cached_property
    def term_end(self) -> date:
        """The last day of the last week."""
        return self.term_start + timedelta(weeks=self.term_weeks, days=-1)

    def break_on(self, day: date) -> Break | None:
        """The break that a day lies in, if any."""
        return next((free for free in self.breaks if free.first <= day <= free.last), None)


def read_course(path: Path | str) -> Course:
    """Read a course file (TOML, UTF-8). Raises CourseError with every fault: file, line, key, expected, remedy."""
    file = Path(path)
    document, faults = _document(file)
    if document is None:
        raise CourseError(file.name, faults)
    raw = dict(document.data)
    if isinstance(raw.get("logo"), str) and raw["logo"].strip():
        raw["logo"] = (file.parent / raw["logo"]).resolve()
    entry = Entry("course", document, (), raw)
    faults = [*validate(entry, Course), *_faults_of_the_term(entry)]
    if faults or not isinstance(entry.item, Course):
        raise CourseError(file.name, faults)
    return entry.item


def _document(file: Path) -> tuple[Document | None, list[Fault]]:
    name = file.name
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        return Document(name, tomllib.loads(text), _lines(text)), []
    except OSError as error:
        remedy = "check the path, or copy course.example.toml and begin from it."
        return None, [Fault(str(file), "", f"cannot be read ({error.strerror or error}); {remedy}")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [Fault(name, "", "is not UTF-8 here; save the file as UTF-8.", line)]
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+)", str(error))
        why = re.sub(r" \(at .*\)$", "", str(error))
        remedy = "write key = value, with text in quotes and days as 2027-01-11."
        return None, [
            Fault(name, "", f"is no valid TOML here: {why}; {remedy}", int(found.group(1)) if found else None)
        ]


def _lines(text: str) -> dict[Where, int]:
    """The line of each key, of the file and of its tables. TOML's reader in Python does not tell them."""
    lines: dict[Where, int] = {}
    table: Where = ()
    inside = ""  # the quotes of a text over several lines
    for number, line in enumerate(text.split("\n"), 1):
        if not inside:
            if head := re.match(r"\s*\[\[\s*(\w+)\s*\]\]", line):
                index = sum(where[0] == head[1] and isinstance(where[-1], int) for where in lines)
                table = (head[1], index)
                lines[table] = number
                lines.setdefault((head[1],), number)
            elif head := re.match(r"\s*\[\s*(\w+)\s*\]", line):
                table = (head[1],)
                lines[table] = number
            elif key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
                lines[(*table, key[1])] = number
        for quotes in re.findall(r'"""|\'\'\'', line):
            inside = quotes if not inside else "" if inside == quotes else inside
    return lines


def _faults_of_the_term(entry: Entry) -> list[Fault]:
    """What only start, weeks and breaks together show. Says nothing while one of them is faulty by itself."""
    try:
        start = _a_day(entry.raw.get("term_start"))
        weeks = entry.raw.get("term_weeks")
        given = entry.raw.get("breaks", [])
        breaks = [Break.model_validate(free) for free in given]
    except (ValueError, TypeError):
        return []
    if not isinstance(start, date) or not isinstance(weeks, int) or not _is_length(weeks):
        return []
    try:
        end = start + timedelta(weeks=weeks, days=-1)
    except OverflowError:
        return [entry.fault("term_start: lies beyond the calendar. Correct the value.", ("term_start",))]
    faults = []
    for number, free in enumerate(breaks):
        if free.last < start or free.first > end:
            said = f'breaks[{number + 1}]: "{free.name}" lies outside the term, which runs from {start} to {end}.'
            faults.append(entry.fault(f"{said} Correct its days, or leave it out.", ("breaks", number)))
    left = weeks - sum(is_off(start + timedelta(weeks=week), breaks) for week in range(weeks))
    if left < PHASES:
        said = f"term_weeks: the breaks leave {counted(left, 'week')} to teach in, and the three phases need one each."
        faults.append(entry.fault(f"{said} Lengthen the term or shorten a break.", ("term_weeks",)))
    return faults


def is_off(monday: date, breaks: Iterable[Break]) -> bool:
    """Is the week that begins on this day a week off? It is when five or more of its seven days are free."""
    days = [monday + timedelta(days=day) for day in range(7)]
    free = list(breaks)
    return sum(any(one.first <= day <= one.last for one in free) for day in days) >= _BREAK_DAYS


def _is_length(weeks: object) -> bool:
    return isinstance(weeks, int) and not isinstance(weeks, bool) and PHASES <= weeks <= LONGEST_TERM


def _unreadable(logo: Path) -> str:
    """Say why a picture cannot be shown; empty if it can."""
    kind = logo.suffix.lower()
    if kind not in LOGO_FORMATS:
        return "is no svg, png or jpg; save the logo in one of these"
    try:
        data = logo.read_bytes()
    except OSError as error:
        return f"cannot be read ({error.strerror or error}); give its path as seen from the course file"
    if len(data) > LARGEST_LOGO:
        return (
            f"has {len(data) // 1000:,} KB, and every page carries it; make it smaller than {LARGEST_LOGO // 1000} KB"
        )
    if kind != ".svg":
        return (
            "" if data.startswith(LOGO_FORMATS[kind]) else f"is no {kind[1:]} picture, whatever its name; save it again"
        )
    try:
        root: Any = ET.fromstring(data)  # noqa: S314 - the instructor's own file, on the instructor's machine
    except (ET.ParseError, ValueError) as error:
        return f"is no valid svg ({error}); save it again from the program that drew it"
    return "" if root.tag.rpartition("}")[2] == "svg" else f"holds <{root.tag}> instead of <svg>; save it again as svg"
