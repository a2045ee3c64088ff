"""A workflow on paper, and invented patients who walk through it step by step, always at the slowest pace it allows.

The rules, which the brief of the exercise tells as well:

1. A patient enters at the first step. Every step takes its whole time limit.
2. A person comes if somebody of that role is on duty, and free, in one minute of the time limit at least. Otherwise the
   limit passes, and the patient goes on at `on_failure`. So it is with the AI while it is down.
3. A person with `patient` among the input sees what is true; with `record`, what the record shows; with neither, only
   what the AI has said. Whoever decides and sees that help is needed takes `help`, else `fine`.
4. A person with `identity` among the input notices that a record is another patient's.
5. `escalate` calls the people of the escalation, one after the other. Who comes looks at the patient, asks for the
   name, and acts.
6. An ill patient is safe when a person has acted after a `help`, within the limit of the setting; a mix-up, when it is
   noticed within that limit. Anybody else is safe at `end`, or on coming to a step a second time, unless somebody
   believed a false alarm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import Field, field_validator, model_validator

from wardround.grading.forms import Clock, Form, Text
from wardround.hospital.rehearsal import DAY, WEEK, Patient
from wardround.wording import counted, listed

AI, END, ESCALATE = "ai", "end", "escalate"
SLOW = "takes too long"
SOURCES = ("patient", "record", "identity")
"""What a step may look at beside the output of earlier steps."""
MOST_PEOPLE = 20  # of one role at the same time: more than one ward, clinic or reading room has for one task
RESERVED = (AI, END, ESCALATE, *SOURCES)
Minutes = Annotated[int, Field(ge=1, le=WEEK)]
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {"all": range(7), "weekdays": range(5), "weekends": range(5, 7)}


@dataclass(frozen=True)
class Limits:
    """How long an ill patient may wait in a setting, in minutes."""

    alarm: int  # after an alarm
    quiet: int  # without one


SETTINGS = {
    "ward": Limits(60, 300),
    "imaging": Limits(120, 1440),
    "discharge": Limits(480, 1440),
    "clinic": Limits(1440, 7200),
}
"""Limits of the exercise; no standard says them."""


class Step(Form):
    """One step of a workflow."""

    id: Text
    who: Text  # a role, or "ai"
    does: Literal["prepare", "decide", "act"]
    what: Text
    input: Annotated[list[Text], Field(min_length=1)]  # ids of earlier steps, and SOURCES
    next: Text | dict[Text, Text | None]  # one way on, or one for each word
    on_failure: Text
    within_min: Minutes

    @property
    def exits(self) -> dict[str, str]:
        """The ways on: word -> step. A single one has the word `next`."""
        ways = {"next": self.next} if isinstance(self.next, str) else self.next
        return {word: to for word, to in ways.items() if to}

    def exit(self, word: str) -> str:
        """Where a word leads: the only way on, if there is no fork."""
        return self.exits.get(word) or next(iter(self.exits.values()), END)

    @property
    def by_ai(self) -> bool:
        """Whether the AI does it."""
        return plain(self.who) == AI

    @property
    def looks(self) -> bool:
        """Whether a person sees more here than what the AI has said."""
        return not self.by_ai and ("patient" in self.input or "record" in self.input)


class Duty(Form):
    """When how many people of a role are there. Without hours: around the clock."""

    role: Text
    people: Annotated[int, Field(ge=1)]
    days: Literal["all", "weekdays", "weekends"]
    from_: Clock = Field("00:00", alias="from")
    to: Clock = "00:00"

    @field_validator("people")
    @classmethod
    def _only_who_can_be_called(cls, value: int) -> int:
        if value > MOST_PEOPLE:
            raise ValueError(
                f"{value:,} people at the same time. Count only those whom this task can call: {MOST_PEOPLE} or fewer. "
                "With more, nobody is ever busy, and the walk shows nothing."
            )
        return value

    @model_validator(mode="after")
    def _from_when_to_when(self) -> Self:
        hours = self.model_fields_set & {"from_", "to"}
        if len(hours) == 1:
            there, lacks = ("from", "to") if "from_" in hours else ("to", "from")
            raise ValueError(
                f"the row of the {self.role} has `{there}`, but no `{lacks}`. Write both, or neither if somebody is "
                "there around the clock."
            )
        return self

    @field_validator("to", mode="before")
    @classmethod
    def _midnight(cls, value: Any) -> Any:
        return "00:00" if str(value).strip() == "24:00" else value


class Rung(Form):
    """Who is called next when nobody came, and how many minutes they have."""

    role: Text
    within_min: Minutes


@dataclass(frozen=True)
class Plan:
    """A whole workflow."""

    steps: tuple[Step, ...]
    duty: tuple[Duty, ...]
    escalation: tuple[Rung, ...]
    limits: Limits

    @cached_property
    def by_id(self) -> dict[str, Step]:
        """The steps by their ids."""
        return {step.id: step for step in self.steps}

    @cached_property
    def _roster(self) -> dict[str, list[int]]:
        return roster(self.duty)

    def on_duty(self, role: str) -> list[int]:
        """Return how many people of a role are there in each minute of the week; 0 for a role without duty."""
        return self._roster.get(plain(role), [0] * WEEK)


def roster(duty: Sequence[Duty]) -> dict[str, list[int]]:
    """Return role in small letters -> how many are there, minute by minute of the week."""
    found: dict[str, list[int]] = {}
    for row in duty:
        minutes = found.setdefault(plain(row.role), [0] * WEEK)
        begins, ends = _minute(row.from_), _minute(row.to)
        lasts = (ends - begins) % DAY or DAY
        for day in _DAYS[row.days]:
            for minute in range(day * DAY + begins, day * DAY + begins + lasts):
                minutes[minute % WEEK] += row.people
    return found


@dataclass(frozen=True)
class Moment:
    """What happened to a patient at one place."""

    minute: int  # of the week, when it began
    place: str  # a step's id, "escalate 2" or "end"
    text: str
    ok: bool = True
    lasts: int = 0  # minutes


@dataclass(frozen=True)
class Way:
    """A patient's way through a workflow, and what was wrong with it."""

    patient: Patient
    moments: tuple[Moment, ...]
    fault: str  # sentences; empty if all was well
    seen_at: str  # where a person saw what was the matter: a step's id or "escalate 2"; empty if nobody did
    spans: tuple[tuple[str, int, int], ...]  # who was with the patient: role, first minute, minute after the last

    @property
    def ends(self) -> int:
        """The minute, counted on from the week in which the patient came."""
        last = self.moments[-1]
        return last.minute + last.lasts


def walk_all(plan: Plan, patients: Sequence[Patient]) -> tuple[Way, ...]:
    """Let patients walk through a workflow; who comes in the same minute finds the first one's people busy."""
    ways: dict[int, Way] = {}
    for patient in patients:
        busy = ways[patient.after].spans if patient.after is not None else ()
        ways[patient.number] = walk(plan, patient, busy)
    return tuple(ways.values())


def walk(plan: Plan, patient: Patient, busy: Sequence[tuple[str, int, int]] = ()) -> Way:
    """Let one patient walk through a workflow.

    Args:
        plan: The workflow; each step that it names exists.
        patient: Who comes.
        busy: Who is with another patient: role, first minute, minute after the last.
    """
    return _Walk(plan, patient, busy).go()


class _Walk:
    """One patient on the way."""

    def __init__(self, plan: Plan, patient: Patient, busy: Sequence[tuple[str, int, int]]) -> None:
        self.plan, self.patient, self.busy = plan, patient, busy
        self.now = patient.comes
        self.urgent = patient.ill or patient.swapped
        self.limit = plan.limits.alarm if patient.says == "alarm" else plan.limits.quiet
        self.moments: list[Moment] = []
        self.spans: list[tuple[str, int, int]] = []
        self.away = ""  # the role that is held up
        self.called: Step | None = None  # where a person decided on help
        self.blind: Step | None = None  # where a person saw nothing of an illness
        self.seen_at = ""
        self.arrow: tuple[Step, str] | None = None  # the step before, and the key by which it leads here
        self.vain: tuple[Step, tuple[Step, str] | None] | None = None  # who acted before a help, and the way there

    def go(self) -> Way:
        place, been = self.plan.steps[0].id, set()
        while place not in (END, ESCALATE):
            if place in been and not self.urgent:
                return self.way()
            been.add(place)
            found = self.take(self.plan.by_id[place])
            if isinstance(found, Way):
                return found
            place = found
        return self.end() if place == END else self.climb()

    def take(self, step: Step) -> Way | str:
        """Go through a step; return where to next, or the whole way if it ends here."""
        began = self.now
        missing = self.missing(step.who, step.within_min) if not step.by_ai else ""
        self.now += step.within_min
        if self.late:
            return self.lose_time(Moment(began, step.id, missing or SLOW, ok=False, lasts=step.within_min))
        if step.by_ai and self.patient.says == "nothing":
            missing = "the AI is down"
        elif not step.by_ai and not missing and not self.has_something_to_read(step):
            missing = "there is no answer of the AI to decide by"
        if missing:
            self.note(began, step.id, missing, ok=False)
            self.arrow = (step, "on_failure")
            return step.on_failure
        found = self.ai(step, began) if step.by_ai else self.person(step, began)
        self.arrow = (step, "next")
        return found

    def ai(self, step: Step, began: int) -> Way | str:
        alarm = self.patient.says == "alarm"
        self.note(began, step.id, "the AI alarms" if alarm else "the AI stays quiet")
        if step.does == "prepare":
            return step.exit("alarm" if alarm else "quiet")
        if step.does == "decide":
            return step.exit("help" if alarm else "fine")
        if alarm and not self.patient.ill:
            return self.act_in_vain(step)
        return step.exit("next")

    def person(self, step: Step, began: int) -> Way | str:
        self.spans.append((plain(step.who), began, self.now))
        if self.patient.swapped and "identity" in step.input:
            self.seen_at = step.id
            self.note(began, step.id, f"the {step.who} asks for the name: the record is another patient's")
            return self.way()
        if step.does == "prepare":
            self.note(began, step.id, f"the {step.who} gets it ready")
            return step.exit("next")
        if step.does == "act":
            return self.act(step, began)
        if not self.sees(step):
            self.blind = step if self.patient.ill else None
            said = f"sees nothing {_in(step)}" if self.blind else "finds all well"
            self.note(began, step.id, f"the {step.who} {said}", ok=not self.blind)
            return step.exit("fine")
        if not self.urgent:
            return self.decide_blindly(step, began)
        self.called = self.called or step
        self.seen_at = self.seen_at or step.id
        self.note(began, step.id, f"the {step.who} decides: help")
        return step.exit("help")

    def has_something_to_read(self, step: Step) -> bool:
        return step.does != "decide" or step.looks or self.patient.says != "nothing"

    def sees(self, step: Step) -> bool:
        if "patient" in step.input:
            return self.patient.ill
        if "record" in step.input:
            return self.urgent and self.patient.in_record
        return self.patient.says == "alarm"

    def act(self, step: Step, began: int) -> Way | str:
        if self.patient.swapped:
            self.note(began, step.id, f"the {step.who} acts on the wrong patient", ok=False)
            return self.way(
                f"{_named(step)} acts on the wrong patient: the record is another one's, and nobody on this way has "
                "compared name and date of birth. Add `identity` to the input of a step before."
            )
        if self.patient.ill and not self.called:
            self.vain = self.vain or (step, self.arrow)
            self.note(began, step.id, f"the {step.who} acts, but nobody had decided `help`", ok=False)
            return step.exit("next")
        self.note(began, step.id, f"the {step.who} acts")
        return self.way() if self.called and self.patient.ill else step.exit("next")

    def climb(self) -> Way:
        for n, rung in enumerate(self.plan.escalation, 1):
            place, began = f"{ESCALATE} {n}", self.now
            missing = self.missing(rung.role, rung.within_min)
            self.now += rung.within_min
            if self.late:
                return self.lose_time(Moment(began, place, missing or SLOW, False, rung.within_min))
            if missing:
                self.note(began, place, missing, ok=False)
                continue
            self.spans.append((plain(rung.role), began, self.now))
            self.seen_at = self.seen_at or place
            found = "all is well" if not self.urgent else "acts" if self.patient.ill else "the record is another one's"
            self.note(began, place, f"the {rung.role} looks: {found}")
            return self.way()
        said = self.moments[-1].text if self.plan.escalation else "nobody stands in it"
        return self.way(f"The escalation ends, and nobody has come: at its last level {said}.")

    def end(self) -> Way:
        last = self.plan.by_id[self.moments[-1].place]
        if not self.urgent:
            return self.way()
        nobody = "nobody has acted after a `help`" if self.vain else "nobody has acted"
        self.moments.append(Moment(self.now, END, nobody, ok=False))
        came = f"{_named(last)} leads to `end`"
        if self.patient.swapped:
            return self.way(
                f"{came}, and nobody has compared name and date of birth: the patient whose record this is waits "
                "unseen. Add `identity` to the input of a step where a person looks."
            )
        before = f"`{self.called.id}` decides on help, but then " if self.called else ""
        if self.blind:
            saw = "looks at the record, which shows nothing here" if "record" in self.blind.input else "has only the AI"
            return self.way(f"{before}{_named(self.blind)} {saw}, takes `fine`, and {_later(self.vain)}.")
        if self.called:
            return self.way(f"{before}{came}, and no person has acted.")
        if self.vain:
            step, arrow = self.vain
            mend = "Begin with a step that decides."
            if arrow:
                mend = f"Lead `{arrow[1]}` of {_named(arrow[0])} to a step that decides, or to `escalate`."
            return self.way(f"{_named(step)} acts, but nobody had decided `help` before (rule 6). {mend}")
        if last.by_ai and self.patient.says == "quiet":
            return self.way(
                f"{came} when the AI is quiet. Silence is no examination: lead `quiet` to a person who looks."
            )
        return self.way(f"{came}, and no person has looked and acted.")

    def act_in_vain(self, step: Step) -> Way:
        whom = "another patient's record" if self.patient.swapped else "an alarm for nothing"
        return self.way(f"In {_named(step)} the AI acts by itself, on {whom}. Let a person decide before anybody acts.")

    def decide_blindly(self, step: Step, began: int) -> Way:
        self.note(began, step.id, f"the {step.who} believes the AI", ok=False)
        return self.way(
            f"{_named(step)} has only the AI's answer to decide by, so it takes `help` for a patient who needs "
            "nothing. Add `patient` or `record` to its input."
        )

    @property
    def late(self) -> bool:
        return self.urgent and self.now - self.patient.comes > self.limit

    def lose_time(self, last: Moment) -> Way:
        self.moments.append(last)
        slow = next((m for m in self.moments if not m.ok and m is not last), None)
        slow = slow or max(self.moments, key=lambda moment: moment.lasts)
        step = self.plan.by_id.get(slow.place)
        if self.patient.swapped:
            look = "On all this way nobody compares name and date of birth: add `identity` where a person looks."
        else:
            look = f"Look at {_named(step)} first." if step else ""
        deadline = clock(self.patient.comes + self.limit, self.patient.comes)
        return self.way(
            f"By {deadline} a person must have acted ({counted(self.limit, 'minute')}), but your way takes "
            f"{self.times()}. {look}".rstrip()
        )

    def times(self) -> str:
        """Return how long each place took; what comes round again is told once."""
        took: dict[str, str] = {}
        for moment in self.moments:
            if moment.place in took:
                return f"{', '.join(took.values())}, and so round and round"
            why = "" if moment.ok or moment.text == SLOW else f" ({moment.text})"
            took[moment.place] = f"`{moment.place}` {counted(moment.lasts, 'minute')}{why}"
        return listed(took.values())

    def missing(self, role: str, lasts: int) -> str:
        """Return why nobody of a role comes within so many minutes from now; empty if somebody does."""
        name, there = plain(role), self.plan.on_duty(role)
        if self.patient.held_up and not self.away:
            self.away = name
        minutes = range(self.now, self.now + lasts)
        if not any(there[minute % WEEK] for minute in minutes):
            if not any(there):
                return f"nobody is ever on duty as {role}"
            back = next(minute for minute in range(self.now, self.now + WEEK) if there[minute % WEEK])
            return f"the {role} is not on duty before {clock(back, self.now)}"
        if name == self.away:
            return f"the {role} is held up in another room"
        busy = [(begins, ends) for who, begins, ends in self.busy if who == name]
        if all(there[minute % WEEK] <= sum(begins <= minute < ends for begins, ends in busy) for minute in minutes):
            return f"the {role} is with patient {self.patient.after}"
        return ""

    def note(self, began: int, place: str, text: str, *, ok: bool = True) -> None:
        self.moments.append(Moment(began, place, text, ok, self.now - began))

    def way(self, fault: str = "") -> Way:
        return Way(self.patient, tuple(self.moments), fault, self.seen_at, tuple(self.spans))


def clock(minute: int, after: int | None = None) -> str:
    """Return `Sunday 02:10` for a minute of the week; only the time if `after` is of the same day."""
    time = f"{minute % DAY // 60:02d}:{minute % 60:02d}"
    day = _WEEKDAYS[minute % WEEK // DAY]
    return time if after is not None and minute // DAY == after // DAY else f"{day} {time}"


def plain(text: str) -> str:
    """Return a role in small letters with single spaces, so that `Ward  nurse` is the ward nurse."""
    return " ".join(text.casefold().split())


def _named(step: Step) -> str:
    return f"`{step.id}` ({step.where('id')})"


def _later(vain: object) -> str:
    """Say what came after a `fine`."""
    return "what is done later follows no `help` (rule 6)" if vain else "nobody acts"


def _in(step: Step) -> str:
    return "in the record" if "record" in step.input else "in the AI's answer"


def _minute(time: str) -> int:
    hours, minutes = time.split(":")
    return 60 * int(hours) + int(minutes)
