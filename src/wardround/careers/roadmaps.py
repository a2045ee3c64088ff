"""Pathways: the long view of a background, and its 90 days as phases, weeks and tasks."""

from typing import ClassVar, Literal, Self

from pydantic import Field, field_validator, model_validator

from wardround.careers.models import Item, Paged, Text, Texts


class Task(Item):
    """One thing to do in a week."""

    text: Text = Field(description="what to do, in one sentence")
    hours: tuple[float, float] = Field(description="least and most hours, as [2, 3]")
    page: Text | None = Field(None, description="page of the handbook to work with, as guide/skills/technical")
    exercise: Text | None = Field(None, description="graded exercise, as clinician/1-read-an-ai-claim")
    url: Text | None = Field(None, pattern=r"^https://\S+$", description="address outside the handbook (https)")

    @field_validator("hours")
    @classmethod
    def _upward(cls, hours: tuple[float, float]) -> tuple[float, float]:
        if not 0 < hours[0] <= hours[1]:
            raise ValueError(f"{list(hours)} are reversed or not positive; write the smaller number first")
        return hours

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if sum(target is not None for target in (self.page, self.exercise, self.url)) > 1:
            raise ValueError("names more than one of page, exercise and url; keep one")
        return self


class Week(Item):
    """One week of a phase."""

    number: int = Field(ge=1, le=12, description="week of the plan, 1 to 12")
    focus: Text = Field(description="the week in a few words")
    tasks: tuple[Task, ...] = Field(min_length=2, description="what to do, in order")

    @property
    def hours(self) -> tuple[float, float]:
        """Least and most hours of the week."""
        return sum(task.hours[0] for task in self.tasks), sum(task.hours[1] for task in self.tasks)


class Phase(Item):
    """Thirty days with one deliverable."""

    number: Literal[1, 2, 3] = Field(description="1, 2 or 3")
    days: Literal["0-30", "31-60", "61-90"] = Field(description="the days it covers")
    title: Text = Field(description="the phase in a few words")
    outcome: Text = Field(description="one sentence: what you can do afterwards")
    deliverable: Text = Field(description="what exists at the end that somebody can look at")
    done_when: tuple[Text, ...] = Field(min_length=2, max_length=4, description="how you know that it is done")
    say: Text = Field(description="what to say about it in a portfolio, in one or two sentences")
    exercise: Text | None = Field(description="the graded exercise of the phase, or null")
    weeks: tuple[Week, ...] = Field(min_length=4, max_length=4, description="its four weeks")

    def conditions(self, *, graded: bool) -> tuple[str, ...]:
        """The done-when lines that hold: those about the graded exercise only where there is one."""
        return tuple(line for line in self.done_when if graded or not line.startswith("The graded exercise"))

    @model_validator(mode="after")
    def _numbers_agree(self) -> Self:
        if self.days != ("0-30", "31-60", "61-90")[self.number - 1]:
            raise ValueError(f"phase {self.number} does not cover the days {self.days}; correct one of the two")
        first = 4 * self.number - 3
        if [week.number for week in self.weeks] != list(range(first, first + 4)):
            raise ValueError(f"the weeks of phase {self.number} must be numbered {first} to {first + 3}, in order")
        return self


class LongViewStage(Item):
    """A stretch of months in the long view."""

    span: Text = Field(description="the months, as 3-9 months")
    title: Text = Field(description="the stage in a few words")
    tasks: Texts = Field(description="what to do in it")


class Pathway(Paged):
    """A way into the field for one background."""

    folder: ClassVar[str] = "pathways"

    audience: Text = Field(description="what one such reader is called")
    from_to: Text = Field(description="where you start and where it leads")
    brings: Texts = Field(description="what you already have")
    goal: Text = Field(description="the kind of post at the end")
    signal: Text = Field(description="what sets a good applicant apart")
    honest: Text = Field(description="one sentence on what the 90 days do not do")
    lanes: tuple[Text, ...] = Field((), description="directions to choose from on the way")
    portfolio: Texts = Field(description="the projects that make this background credible")
    credentials: Text = Field(description="the courses that are worth it for this background")
    long_view: tuple[LongViewStage, ...] = Field(min_length=2, description="the months beyond the 90 days")
    reading: tuple[Text, ...] = Field(min_length=10, max_length=10, description="ten pages to read, in order")
    phases: tuple[Phase, ...] = Field(min_length=3, max_length=3, description="the 90 days")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if [phase.number for phase in self.phases] != [1, 2, 3]:
            raise ValueError("the phases must be 1, 2 and 3, in order")
        return self

    @property
    def page(self) -> str:
        """Docname of the pathway's first page."""
        return f"{self.folder}/{self.id}/index"

    @property
    def weeks(self) -> tuple[Week, ...]:
        """The twelve weeks."""
        return tuple(week for phase in self.phases for week in phase.weeks)
