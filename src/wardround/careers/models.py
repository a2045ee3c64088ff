"""The named things of the career map, one frozen model each.

Every field carries a description: the schema page of the handbook and the loader's messages are made from them.
The dated 90-day plans have a module of their own, :mod:`wardround.careers.roadmaps`.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Texts = Annotated[tuple[Text, ...], Field(min_length=1)]

Verdict = Literal["confirmed", "confirmed-with-changes", "guide-only", "doubtful"]


@dataclass(frozen=True)
class Refers:
    """Marks a field whose ids must exist in this collection of the map; the loader checks it."""

    collection: str


class Item(BaseModel):
    """What every model shares: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Paged(Item):
    """What items with a page of their own share."""

    folder: ClassVar[str]

    id: Id = Field(description="permanent name; the item's page is named after it")
    name: Text = Field(description="full name, as a heading")
    short: Text = Field(description="short name, for cards and table heads")
    aliases: tuple[Text, ...] = Field((), description="other names under which readers search for it")

    @property
    def page(self) -> str:
        """Docname of the item's page, as guide/domains/imaging."""
        return f"{self.folder}/{self.id}"


# ── health domains ────────────────────────────────────────────────────────────────────────────────────────────


class WorkflowNode(Item):
    """One step of a workflow diagram."""

    id: Id = Field(description="short name of the step, used by edges")
    text: Text = Field(description="what happens, in at most six words")
    kind: Literal["data", "model", "person", "action", "record"] = Field(description="who or what does it")

    @field_validator("text")
    @classmethod
    def _short(cls, text: str) -> str:
        if len(text.split()) > 6:
            raise ValueError("has more than six words; shorten it so that the diagram fits a phone")
        return text


class WorkflowEdge(Item):
    """An arrow between two steps."""

    source: Id = Field(alias="from", description="id of the step where the arrow starts")
    target: Id = Field(alias="to", description="id of the step where it ends")
    label: Text | None = Field(None, description="a word or two on the arrow")


class Workflow(Item):
    """Where a model sits in the work and who acts on it; drawn as a diagram and printed as a list."""

    alt: Text = Field(description="one sentence that says what the diagram shows")
    nodes: tuple[WorkflowNode, ...] = Field(min_length=6, max_length=9, description="the steps, in reading order")
    edges: tuple[WorkflowEdge, ...] = Field(min_length=5, description="the arrows between steps")


class Domain(Paged):
    """A field of health work in which AI is used."""

    folder: ClassVar[str] = "guide/domains"

    summary: Text = Field(description="one sentence: what AI does here")
    happening: Texts = Field(description="what is in use or on trial today")
    key_uses: Texts = Field(description="the typical uses, a few words each")
    suits: Text = Field(description="what one likes who is happy here, as a list without a full stop")
    project: Text = Field(description="a first portfolio project in this domain")
    workflow: Workflow = Field(description="the steps of one typical use")


# ── roles and what they are sorted by ─────────────────────────────────────────────────────────────────────────


class Role(Item):
    """A job, under one name, with every other spelling that readers meet."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="name as printed")
    aliases: tuple[Text, ...] = Field((), description="other titles for the same work; each belongs to one role only")
    category: Annotated[Id, Refers("categories")] = Field(description="the career category it belongs to")
    domains: Annotated[tuple[Id, ...], Refers("domains")] = Field(
        min_length=1, description="health domains where it is common"
    )
    employers: Annotated[tuple[Id, ...], Refers("employers")] = Field(
        min_length=1, description="kinds of employer that hire it"
    )
    skills: Annotated[tuple[Id, ...], Refers("skills")] = Field(
        min_length=1, description="skill stacks it rests on, weightiest first"
    )
    pathways: Annotated[tuple[Id, ...], Refers("pathways")] = Field(
        min_length=1, description="backgrounds that lead to it"
    )
    salary_band: Annotated[Id | None, Refers("bands")] = Field(
        description="salary band that covers it; null when none fits"
    )
    does: Text = Field(description="one sentence: what the person does")
    judged_by: Text = Field(description="one sentence: what the person is judged by")
    level: Literal["entry", "experienced", "senior"] = Field(description="where most people enter it")


class Category(Paged):
    """A family of roles."""

    folder: ClassVar[str] = "guide/careers"

    summary: Text = Field(description="one sentence: what these people are for")
    domains: Annotated[tuple[Id, ...], Refers("domains")] = Field(
        min_length=1, description="domains in which the category mostly works"
    )
    work: Texts = Field(description="the work, one item a line")
    suits: Text = Field(description="whose background fits")


class Skill(Paged):
    """A skill stack: things that are learned and used together."""

    folder: ClassVar[str] = "guide/skills"

    summary: Text = Field(description="one sentence: what it lets you do")
    audience: Texts = Field(description="who needs it most")
    items: Texts = Field(description="what to know")
    twist: tuple[Text, ...] = Field((), description="what health care adds to the same skill elsewhere")


class Employer(Paged):
    """A kind of employer."""

    folder: ClassVar[str] = "guide/employers"

    summary: Text = Field(description="one sentence: what it is like to work there")
    who: Texts = Field(description="which organizations these are")
    best_for: Text = Field(description="who tends to be happy there")
    portfolio: Texts = Field(description="what a portfolio shows to this employer")
    impact: Literal[1, 2, 3, 4, 5] = Field(description="closeness to patients, 1 far to 5 near; our judgment")
    pace: Literal[1, 2, 3, 4, 5] = Field(description="speed of work, 1 slow to 5 fast; our judgment")
    pay: Literal[1, 2, 3, 4, 5] = Field(description="pay against other employers here, 1 low to 5 high; our judgment")
    entry: Literal[1, 2, 3, 4, 5] = Field(description="ease of entry, 1 hard to 5 easy; our judgment")


class Region(Paged):
    """A part of the world, or work from anywhere."""

    folder: ClassVar[str] = "guide/global"

    summary: Text = Field(description="one sentence: what work there is like")
    strengths: Texts = Field(description="what the region hires for")
    check: Texts = Field(description="what to find out before applying")
    types: tuple[Text, ...] = Field((), description="for remote work: kinds of employer that hire at a distance")
    needs: tuple[Text, ...] = Field((), description="for remote work: what an applicant must bring")


# ── facts ─────────────────────────────────────────────────────────────────────────────────────────────────────

_AS_OF = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")


class Claim(Item):
    """A number or a date about the world, with its source and its age."""

    id: Id = Field(description="permanent name, by which pages cite it")
    text: Text = Field(description="one plain sentence that says what is claimed")
    value: Text = Field(description="what a reader sees, short enough to stand in a sentence")
    unit: Text = Field(description="what the value counts")
    where: Text = Field(description="country or region it holds for")
    source: Text | None = Field(
        description="key in the bibliography; null only for a guide-only claim for which no source was found"
    )
    as_of: Text = Field(description="year, month or day the value belongs to: 2025, 2025-03 or 2025-03-31")
    verdict: Verdict = Field(description="how well it stands: confirmed, confirmed-with-changes, guide-only, doubtful")
    review_by: date = Field(description="day by which somebody must look at it again, as 2027-05-31")
    note: Text | None = Field(None, description="what a reader should know; needed unless the verdict is confirmed")
    topic: str = Field("", description="not written: the loader takes it from the name of the claim's file")

    @field_validator("as_of", mode="before")
    @classmethod
    def _as_of_is_a_date(cls, value: object) -> object:
        text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(text, str) or not _AS_OF.match(text):
            raise ValueError("is not a date; write 2025, 2025-03 or 2025-03-31")
        first_day(text)
        return text

    @field_validator("review_by", mode="before")
    @classmethod
    def _review_by_is_a_day(cls, value: object) -> object:
        if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError("is not a day; write it as 2027-05-31")
        return first_day(value)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.source is None and self.verdict not in {"guide-only", "doubtful"}:
            raise ValueError("has no source; name a bibliography key, or set the verdict to guide-only")
        if self.review_by <= first_day(self.as_of):
            raise ValueError("review_by lies before as_of; choose a later day for the review")
        if self.verdict != "confirmed" and self.note is None:
            raise ValueError(f'the verdict "{self.verdict}" needs a note that tells a reader why')
        return self


def first_day(as_of: str) -> date:
    """The first day that an ``as_of`` of year, month or day can mean."""
    try:
        return date.fromisoformat((as_of + "-01-01")[:10])
    except ValueError:
        raise ValueError("is not a date of the calendar; write 2025, 2025-03 or 2025-03-31") from None


class OfficialPay(Item):
    """Pay of an occupation as an official statistics office counts it."""

    id: Id = Field(description="permanent name")
    occupation: Text = Field(description="the occupation, in the office's words")
    where: Text = Field(description="country")
    median: int = Field(gt=0, description="median yearly pay in US dollars")
    low: int | None = Field(None, description="10th percentile, when known")
    high: int | None = Field(None, description="90th percentile, when known")
    hospitals: int | None = Field(None, description="median in hospitals, when known")
    growth: Text | None = Field(None, description="projected change of employment, with its years")
    as_of: Text = Field(description="month the pay belongs to, as 2024-05")
    source: Text = Field(description="key in the bibliography")
    note: Text | None = Field(None, description="what a reader should know")


class SalaryBand(Item):
    """A range of yearly pay for a group of roles, and the official figure to hold it against."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="the group of roles")
    low: int = Field(gt=0, description="lower end in US dollars a year")
    high: int = Field(gt=0, description="upper end in US dollars a year")
    where: Text = Field(description="country")
    year: int = Field(description="year the range was written down")
    verdict: Verdict = Field(description="how well the range stands")
    claim: Annotated[Id, Refers("claims")] = Field(description="the claim that holds the range")
    anchors: Annotated[tuple[Id, ...], Refers("official_pay")] = Field(
        min_length=1, description="official figures to compare with"
    )
    note: Text = Field(description="what a reader should know before using it")

    @model_validator(mode="after")
    def _upward(self) -> Self:
        if self.low >= self.high:
            raise ValueError("low is not below high; swap the two ends")
        return self


class Trend(Item):
    """Something that is changing, and what had moved by a date."""

    id: Id = Field(description="permanent name")
    name: Text = Field(description="the trend in a few words")
    expected: Text = Field(description="what was expected in 2025")
    moved: Text = Field(description="what had happened by late 2026")
    means: Text = Field(description="what it means for someone who plans a career")
    claims: Annotated[tuple[Id, ...], Refers("claims")] = Field((), description="claims behind it")
