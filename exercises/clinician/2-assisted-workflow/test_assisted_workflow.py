"""Days 31-60, clinicians: a workflow with AI, on paper. For learning, not for clinical use."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from wardround.grading import NotYet, expect, graded
from wardround.grading.faults import WrongForm
from wardround.grading.forms import Count, Form, Share, Text
from wardround.grading.pictures import Stop, Table, Walk
from wardround.grading.walks import (
    AI,
    END,
    ESCALATE,
    RESERVED,
    SETTINGS,
    SOURCES,
    Duty,
    Plan,
    Rung,
    Step,
    Way,
    clock,
    plain,
    roster,
    walk_all,
)
from wardround.hospital.oximeter_reports import LAST_REPORT, oximeter_report
from wardround.hospital.rehearsal import make_hidden, make_rehearsal
from wardround.wording import counted, did_you_mean, listed, nearest

FORKS = {"alarm", "quiet", "help", "fine"}
# Below so many low readings nobody can say how often a group is missed. In reports 1 to 80 group A has 176 to 481, B 34
# to 144, C 4 to 95. B has the largest share in 77 of them; in the others it may be named as well, by its mean error.
LEAST_READINGS = 20
EVERY_DAYS = 31  # the log is read at least so often
ROUNDED = 0.0101  # how far a share of two decimals may be off: a gap is the difference of two rounded ones

Steps = Annotated[list[Step], Field(min_length=3, max_length=25)]
Roster = Annotated[list[Duty], Field(min_length=1, max_length=30)]
Ladder = Annotated[list[Rung], Field(min_length=1, max_length=6)]


class Graph(Form):
    """The steps alone."""

    steps: Steps


class Escalating(Form):
    """The steps with the people."""

    steps: Steps
    duty: Roster
    escalation: Ladder


class Whole(Escalating):
    """All that a patient walks through."""

    setting: Literal["ward", "imaging", "discharge", "clinic"]


class Override(Form):
    """How a person says no to the AI."""

    steps: list[Text]
    reasons: Annotated[list[Text], Field(min_length=1, max_length=12)]
    logs: list[Text]


class Feedback(Form):
    """Who reads what was said no to, and what follows."""

    reader: Text
    every_days: Annotated[int, Field(ge=1, le=3650)]
    reads_quiet: Count
    answers_to: Text
    may: list[Text]


class Reviewed(Form):
    """The steps, with the ways back."""

    steps: Steps
    duty: Roster
    override: Override
    feedback: Feedback


class Equity(Form):
    """What a report says of a group, and what the workflow does about it."""

    report: Annotated[int, Field(ge=1, le=LAST_REPORT)]
    group: Literal["A", "B", "C"]
    low_readings: Count
    missed: Count
    share: Share
    compared_with: Literal["A", "B", "C"]
    compared_share: Share
    gap: Share
    step: Text
    change: Text
    counts_again: Text
    every_days: Annotated[int, Field(ge=1, le=3650)]

    @field_validator("gap", mode="before")
    @classmethod
    def _minus_not_divided(cls, value: Any, info: ValidationInfo) -> Any:
        share, other = info.data.get("share"), info.data.get("compared_share")
        try:
            divided = float(value) > 1 and bool(other) and abs(float(value) - share / other) < 0.06
        except (TypeError, ValueError):
            return value  # the form says what is wrong with it
        if divided:
            raise ValueError(f"gap is {value}, and that is one share divided by the other. {MINUS}")
        return value


MINUS = "A gap is share minus compared_share: so many more of 100 low readings are missed."


class Fair(Whole):
    """A whole workflow with its section on equity."""

    equity: Equity


# What every check of the steps needs first --------------------------------------------------------------------------


def steps_of(form) -> dict[str, Step]:
    """Return the steps by id; raise WrongForm for a name that leads nowhere or a fork that does not fit."""
    steps: dict[str, Step] = {}
    for step in form.steps:
        if plain(step.id) in RESERVED:
            raise WrongForm(f"{step.where('id')}: `{step.id}` has a meaning of its own; give the step another id.")
        if step.id in steps:
            raise WrongForm(f"{step.where('id')}: two steps have the id `{step.id}`. Give each its own.")
        steps[step.id] = step
    for step in form.steps:
        fork_fits(step)
        for key, names in (("next", step.exits.values()), ("on_failure", [step.on_failure])):
            for name in names:
                if name not in steps and name not in (END, ESCALATE):
                    raise WrongForm(f"{step.where(key)}: `{step.id}` leads to `{name}`, {unknown_step(name, steps)}")
        for n, name in enumerate(step.input):
            if name not in steps and name not in SOURCES:
                raise WrongForm(
                    f"{step.where('input', n)}: the input `{name}` of `{step.id}` is neither a step's id nor one of "
                    f"{listed(SOURCES)}.{did_you_mean(name, [*steps, *SOURCES])}"
                )
    return steps


def unknown_step(name: str, steps: dict[str, Step]) -> str:
    """Say what to write in place of an id that no step has."""
    if set(name.replace(",", " ").split()) & FORKS:
        return "which are two ways in one. Put them in braces: next: {help: …, fine: …} or next: {alarm: …, quiet: …}."
    near = did_you_mean(name, [*steps, END, ESCALATE])
    return f"but no step has that id.{near or f' Write `end`, `escalate`, or one of {listed(steps)}.'}"


def fork_fits(step: Step) -> None:
    """Raise WrongForm if a step's ways on are not those of its kind."""
    words, where = set(step.exits), step.where("next")
    if step.does == "decide":
        if words != {"help", "fine"}:
            if step.by_ai:
                raise WrongForm(only_prepares(step))
            raise WrongForm(f"{where}: {other_words(step)}")
    elif step.does == "act" and step.by_ai and words != {"next"}:
        raise WrongForm(only_prepares(step))
    elif step.by_ai and words not in ({"alarm", "quiet"}, {"next"}):
        raise WrongForm(
            f"{where}: `{step.id}` is done by the AI; write next: {{alarm: …, quiet: …}}, or one step for both."
        )
    elif not step.by_ai and words != {"next"}:
        raise WrongForm(f"{where}: `{step.id}` decides nothing, so it has one way on: next: …, without a fork.")


def only_prepares(step: Step) -> str:
    """Say that the AI decides or acts in a step."""
    return (
        f"{step.where('does')}: the AI {'acts' if step.does == 'act' else 'decides'} in `{step.id}`. It may prepare: a "
        "score, a list, a draft. Whoever decides or acts must be able to see that something is odd, so write the role "
        "of the person who does."
    )


def other_words(step: Step) -> str:
    """Say which words a decision's ways on have in place of help and fine."""
    begins = f"`{step.id}` decides, so its ways on are called help and fine"
    if isinstance(step.next, dict) and len(step.next) == 2:
        odd = [word for word in step.next if word not in ("help", "fine")]
        ways = [step.next[word] or "…" for word in step.next]
        if odd and all(":" not in word for word in odd):
            known = {"alarm": "help", "yes": "help", "quiet": "fine", "no": "fine"}
            meant = {
                known.get(word.casefold(), word.casefold()): way for word, way in zip(step.next, ways, strict=True)
            }
            both = set(meant) == {"help", "fine"}
            mend = f"{{help: {meant['help']}, fine: {meant['fine']}}}" if both else "{help: …, fine: …}"
            whose = " (those are words of the AI)" if set(step.next) == {"alarm", "quiet"} else ""
            return f"{begins}, not {listed([f'`{word}`' for word in odd])}{whose}. Write next: {mend}."
    return (
        f"{begins}: next: {{help: …, fine: …}}. If both lead to the same step, write it twice; if nothing is decided, "
        "it prepares."
    )


def ahead(steps: dict[str, Step], starts: Iterable[str], stop=lambda step: False, failures: bool = True):
    """Return each place that is reached from some places, themselves too -> the place before.

    Args:
        steps: The steps by id.
        starts: Where to begin.
        stop: A step behind which nobody goes on.
        failures: Whether `on_failure` is a way on.
    """
    came: dict[str, str | None] = dict.fromkeys(starts)
    todo = list(came)
    while todo:
        place = todo.pop(0)
        step = steps.get(place)
        if step is None or stop(step):
            continue
        for name in [*step.exits.values(), *([step.on_failure] if failures else [])]:
            if name not in came:
                came[name] = place
                todo.append(name)
    return came


def answers_read(steps: dict[str, Step], step: Step) -> set[str]:
    """Return the AI's steps whose answers a step gets, also by way of what a person has prepared."""
    found, todo = set(), list(step.input)
    while todo:
        name = todo.pop()
        source = steps.get(name)
        if source is None or name in found:
            continue
        found.add(name)
        if source.does == "prepare":
            todo += source.input
    return {name for name in found if steps[name].by_ai}


def told_way(place: str | None, came: dict[str, str | None]) -> str:
    """Return the way to a place, as `a` → `b` → `c`."""
    way = []
    while place is not None:
        way.append(f"`{place}`")
        place = came[place]
    return " → ".join(reversed(way))


# 1 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=20,
    hint=(
        "Put a finger on each AI step and follow every arrow. Whose hand do you meet before the patient feels anything?"
    ),
)
def test_person_decides_before_anybody_acts(document):
    """Each answer of the AI meets a person's decision before anybody acts"""
    form = document("workflow.yaml", Graph, others=True)
    steps = steps_of(form)
    ais = [step for step in form.steps if step.by_ai]
    expect(
        ais,
        f"{form.where('steps')}: no step is done by the AI. Write `who: ai` where it answers; the exercise is about "
        "what happens around that.",
    )
    for step in ais:
        expect(
            step.does == "prepare",
            only_prepares(step),
        )
        for n, name in enumerate(step.input):
            expect(
                name not in ("patient", "identity"),
                f"{step.where('input', n)}: the AI gets `{name}` in `{step.id}`, but it sees only what somebody has "
                "recorded. Write `record`.",
            )
    for kind, why in (("decide", "says yes or no for one patient"), ("act", "does something for the patient")):
        expect(
            any(step.does == kind for step in form.steps),
            f"{form.where('steps')}: no step has `does: {kind}`. Somebody {why}; write that step and its role.",
        )
    came = ahead(steps, [form.steps[0].id])
    for step in form.steps:
        expect(
            len(step.what.split()) > 1,
            f"{step.where('what')}: what happens in `{step.id}` is `{step.what}`. Write a sentence: a new colleague "
            "does the step by it.",
        )
        expect(
            step.id in came,
            f"{step.where('id')}: no step leads to `{step.id}`, so no patient ever comes there. Lead a `next` or an "
            "`on_failure` to it, or take it out.",
        )
    for step in ais:
        way = ahead(steps, step.exits.values(), stop=lambda other: other.does == "decide" and not other.by_ai)
        early = next((name for name in way if name in steps and steps[name].does == "act"), None)
        expect(
            early is None,
            lambda early=early, way=way, step=step: (
                f"{steps[early].where('does')}: the way `{step.id}` → {told_way(early, way)} leads from the AI to an "
                "act, and no person decides between the two. Put a step with `does: decide` before it: the AI is "
                "wrong every day."
            ),
        )
        readers = [other for other in form.steps if other.does == "decide" and step.id in answers_read(steps, other)]
        expect(
            readers,
            f"{step.where('id')}: no decision has `{step.id}` among its input. An answer that nobody reads changes "
            "nothing; write the id into the `input` of the person who decides with it.",
        )
        for reader in readers:
            expect(
                reader.looks,
                f"{reader.where('input')}: `{reader.id}` decides with the AI's answer and nothing else. That is a "
                "signature, not a decision: add `patient` or `record`, so that the person can see that the AI is "
                "wrong.",
            )
            expect(
                reader.id in ahead(steps, step.exits.values()),
                f"{reader.where('input')}: `{reader.id}` reads the answer of `{step.id}`, but no way leads from there "
                "to here. Lead a `next` to it, or take the id out.",
            )


# 2 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="Switch the tool off in your head on a Sunday. Who has the next patient in hand, and what do they look at?",
)
def test_every_step_may_fail(document):
    """Every step may fail: a way on for each, also while the AI is down"""
    form = document("workflow.yaml", Graph, others=True)
    steps = steps_of(form)
    for step in form.steps:
        where = step.where("on_failure")
        expect(
            step.on_failure != END,
            f"{where}: when `{step.id}` fails, the workflow ends, and so does anybody's care for this patient. Lead "
            "`on_failure` to a step, or to `escalate`.",
        )
        expect(
            step.on_failure != step.id,
            f"{where}: when `{step.id}` fails, it is tried again, and again. Lead `on_failure` to somebody else.",
        )
    for step in form.steps:
        if step.by_ai:
            downtime(steps, step)
    ways = {step.id: ahead(steps, step.exits.values(), failures=False) for step in form.steps}
    loops = [step for step in form.steps if not {END, ESCALATE} & set(ways[step.id])]
    if loops:
        step = min(loops, key=lambda step: len(ways[step.id]))
        round_ = listed([f"`{name}`" for name in ways[step.id]])
        raise NotYet(
            f"{step.where('next')}: from `{step.id}` the ways lead round and round ({round_}) and never to `end`. Who "
            "has this patient in the end? Lead one way out."
        )


def downtime(steps: dict[str, Step], start: Step) -> None:
    """Follow the way from an AI step while every AI is down; expect a person who decides without it."""
    place, been = start.id, [start.id]
    where = start.where("on_failure")
    while True:
        step = steps[place]
        place = step.on_failure if step.by_ai else step.exits["next"]
        way = " → ".join(f"`{name}`" for name in [*been, place])
        if place == ESCALATE:
            return
        if place == END:
            raise NotYet(
                f"{where}: while the AI is down the way is {way}. It ends, and no person has decided about the "
                "patient. The server gets repaired; who looks at the patient until then?"
            )
        if place in been:
            raise NotYet(
                f"{where}: while the AI is down the way is {way}, round and round, until somebody has repaired it. "
                "Lead it to a person who decides without the AI."
            )
        been.append(place)
        if steps[place].does != "prepare" and not steps[place].by_ai:
            break
    step = steps[place]
    if step.does == "decide" and not step.looks:
        raise NotYet(
            f"{step.where('input')}: while the AI is down the way is {way}, but `{place}` has only the AI's answer to "
            "decide by. Lead `on_failure` to a person who looks at the `patient` or the `record`."
        )


# 3 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="Read the levels from below: it is Sunday, 03:00. Who answers last, and how long may that take?",
)
def test_escalation_ends_with_a_person_on_duty(document):
    """The escalation gets faster, and ends with a person who is always there"""
    form = document("workflow.yaml", Escalating, others=True)
    there = roster(form.duty)
    names = list(dict.fromkeys(duty.role for duty in form.duty))
    for step in form.steps:
        expect(
            step.by_ai or plain(step.who) in there,
            lambda step=step: (
                f"{step.where('who')}: `{step.id}` is for `{step.who}`, who stands in no row of `duty`. "
                f"{nearest_role(step.who, names)}"
            ),
        )
    levels = form.escalation
    expect(
        len(levels) >= 2,
        f"{form.where('escalation')}: there is one level. Whoever it is may be busy with another patient; add a second "
        "person.",
    )
    seen: dict[str, int] = {}
    for n, level in enumerate(levels, 1):
        where = level.where("role")
        expect(
            plain(level.role) in there and plain(level.role) != AI,
            lambda where=where, n=n, level=level: (
                f"{where}: level {n} is `{level.role}`, and nobody is on duty under that name. "
                f"{nearest_role(level.role, names)} A meeting, a mailbox or a team without a telephone cannot come."
            ),
        )
        expect(
            plain(level.role) not in seen,
            f"{where}: level {n} calls the {level.role}, who did not come at level {seen.get(plain(level.role))}. Call "
            "somebody else.",
        )
        seen[plain(level.role)] = n
        if n > 1:
            before = levels[n - 2].within_min
            expect(
                level.within_min < before,
                f"{level.where('within_min')}: level {n} has {counted(level.within_min, 'minute')}, level {n - 1} has "
                f"{before}. Each level comes after time was lost, so each must have less than the one before.",
            )
    last = levels[-1]
    gap = next((minute for minute, people in enumerate(there[plain(last.role)]) if not people), None)
    expect(
        gap is None,
        lambda: (
            f"{last.where('role')}: the last level is the {last.role}, who is not on duty on {clock(gap)}, for one. "
            "There is nobody after them: end with a person who is there at every hour."
        ),
    )
    expect(
        any(step.on_failure == ESCALATE or ESCALATE in step.exits.values() for step in form.steps),
        f"{form.where('escalation')}: no step leads to it. Write `on_failure: escalate` where nobody else is left to "
        "ask.",
    )


def nearest_role(role: str, names: list[str]) -> str:
    """Return what to write in place of a role that nobody has."""
    near = nearest(role, names)
    return f"Did you mean {near}?" if near else f"On duty are {listed(names)}; add a row, or write one of these."


# 4 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint=(
        "Draw the week as 21 rows and walk each with a pencil: at every step, is somebody there, and what do they see?"
    ),
)
def test_nobody_is_left_unattended(document, seed, show):
    """Invented patients walk through it, and none is left unattended"""
    form = document("workflow.yaml", Whole, others=True)
    judge(plan_of(form), make_rehearsal(seed), show)


def plan_of(form) -> Plan:
    """Return the workflow as the walk takes it."""
    steps_of(form)
    return Plan(tuple(form.steps), tuple(form.duty), tuple(form.escalation), SETTINGS[form.setting])


STORIES = {
    "well": "needs nothing, and the AI stays quiet",
    "false alarm": "needs nothing, but the AI alarms",
    "alarm": "needs help, and the AI alarms",
    "silent": "needs help, but the AI stays quiet",
    "downtime": "needs help while the AI is down",
    "wrong patient": "gets an alarm from another patient's record",
    "held up": "needs help, the AI alarms, and whoever is called first is held up",
    "two at once": "needs help, and the AI alarms",
    "hidden": "is short of oxygen, but the oximeter and the AI show nothing",
}


STORY_WORDS = {"silent": "AI quiet", "downtime": "AI down"}  # as the brief says them


def story(patient) -> str:
    """Return a patient's story in the words of the brief."""
    return STORY_WORDS.get(patient.story, patient.story)


def judge(plan: Plan, patients, show) -> None:
    """Let patients walk; raise NotYet for the first who is not safe. Shows that one's way, and how all fared."""
    ways = walk_all(plan, patients)
    bad = [way for way in ways if way.fault]
    if bad:
        show(way_of(bad[0], f"Patient {bad[0].patient.number}: {story(bad[0].patient)}"))
    show(
        Table(
            "All patients of the week",
            ("No.", "Comes", "Story", "Seen at", "Minutes", "Safe"),
            [
                (
                    str(way.patient.number),
                    clock(way.patient.comes),
                    story(way.patient),
                    way.seen_at or ("nobody" if way.patient.ill or way.patient.swapped else "no need"),
                    way.ends - way.patient.comes,
                    "no" if way.fault else "yes",
                )
                for way in ways
            ],
        )
    )
    if bad:
        kinds = listed(dict.fromkeys(story(way.patient) for way in bad[1:]))
        more = len(bad) - 1
        others = (
            f" ({more} more of {len(ways)} {'is' if more == 1 else 'are'} not safe either: {kinds}.)" if more else ""
        )
        raise NotYet(f"{told(bad[0].patient)}. {bad[0].fault}{others}")


def way_of(way: Way, title: str) -> Walk:
    """Return a patient's way as a picture."""
    return Walk(title, [Stop(clock(m.minute, way.patient.comes), m.place, m.text, ok=m.ok) for m in way.moments])


def told(patient) -> str:
    """Return who comes, when, and what is the matter."""
    pair = f", in the same minute as for patient {patient.after}" if patient.after else ""
    return f"Patient {patient.number}, {clock(patient.comes)}, {STORIES[patient.story]}{pair}"


# 5 ------------------------------------------------------------------------------------------------------------------

LOGS = {
    "patient": "so that somebody can look up what became of them",
    "when": "so that a bad hour can be found",
    "ai_said": "or nobody learns when it is wrong",
    "decided": "or nobody learns what was done instead",
    "reason": "or nobody learns why",
    "who": "",
}
LOG_WORDS = (
    "patient (about whom)",
    "when (day and time)",
    "ai_said",
    "decided (what was done instead)",
    "reason",
    "who (said no)",
)
MAY = ("change", "pause")


def as_key(word: str) -> str:
    """Return a word as the form writes it: `AI said` is ai_said."""
    return plain(word).replace(" ", "_").replace("-", "_")


@graded(
    points=15,
    hint=(
        "Somebody says no to the AI on a Tuesday. Follow that no: where does it stand, who reads it, what can they do?"
    ),
)
def test_override_comes_back(document):
    """A no to the AI is logged, read, and may stop it"""
    form = document("workflow.yaml", Reviewed, others=True)
    steps = steps_of(form)
    override, feedback = form.override, form.feedback
    for n, name in enumerate(override.steps):
        step = steps.get(name)
        expect(
            step is not None,
            lambda n=n, name=name: (
                f"{override.where('steps', n)}: no step has the id `{name}`."
                f"{did_you_mean(name, steps) or f' The ids are {listed(steps)}.'}"
            ),
        )
        expect(
            step.does == "decide" and answers_read(steps, step),
            f"{override.where('steps', n)}: in `{name}` no person decides with an answer of the AI, so there is "
            "nothing to say no to.",
        )
    for step in form.steps:
        expect(
            step.does != "decide" or not answers_read(steps, step) or step.id in override.steps,
            f"{override.where('steps')}: `{step.id}` decides with the AI's answer, but is not in this list. Whoever "
            "decides must be free to say no, and to say why.",
        )
    reasons = {plain(reason) for reason in override.reasons}
    expect(
        len(reasons) >= 3,
        f"{override.where('reasons')}: {counted(len(reasons), 'reason')} to choose from. Write three or more that you "
        "have heard at work: where one box fits all, nobody learns anything from the boxes.",
    )
    for n, reason in enumerate(override.reasons):
        expect(
            len(reason) > 1,
            f"{override.where('reasons', n)}: the reason `{reason}` is one letter. Whoever ticks it at night, and "
            "whoever reads it a month later, must see what it means: write it in words.",
        )
    logs = [as_key(word) for word in override.logs]
    unknown = next((n for n, word in enumerate(logs) if word not in LOGS), None)
    expect(
        unknown is None,
        lambda: (
            f"{override.where('logs', unknown)}: `{override.logs[unknown]}` is none of the words that can be logged. "
            f"They are {listed(LOG_WORDS)}."
        ),
    )
    for word, why in LOGS.items():
        expect(
            word in logs or not why,
            f"{override.where('logs')}: a no is logged without `{word}`. Add it, {why}.",
        )
    there = roster(form.duty)
    names = list(dict.fromkeys(duty.role for duty in form.duty))
    for key in ("reader", "answers_to"):
        role = getattr(feedback, key)
        expect(
            plain(role) in there,
            lambda key=key, role=role: (
                f"{feedback.where(key)}: {key} is `{role}`, who stands in no row of `duty`. {nearest_role(role, names)}"
            ),
        )
    expect(
        feedback.every_days <= EVERY_DAYS,
        f"{feedback.where('every_days')}: the log is read every {feedback.every_days} days. A tool that is wrong since "
        f"Monday would be wrong for as long; read it every {EVERY_DAYS} days or more often.",
    )
    expect(
        feedback.reads_quiet >= 1,
        f"{feedback.where('reads_quiet')}: only those are read about whom the AI said something. Whom it missed stands "
        "in no log: write how many of the quiet ones are looked up each time.",
    )
    may = [plain(word) for word in feedback.may]
    odd = next((n for n, word in enumerate(may) if word not in MAY), None)
    expect(
        odd is None,
        lambda: (
            f"{feedback.where('may', odd)}: `{feedback.may[odd]}` is neither of the two words. Write `pause` if the "
            f"{feedback.reader} may stop the tool, and `change` if they may set a limit or a text anew."
        ),
    )
    expect(
        "pause" in may,
        f"{feedback.where('may')}: the {feedback.reader} may not `pause` the tool. Feedback that can stop nothing is a "
        "diary.",
    )


# 6 ------------------------------------------------------------------------------------------------------------------


@graded(
    points=20,
    hint=(
        "Divide within a group, not across. Then be that patient: the display is fine, the AI is quiet. Who looks at "
        "you?"
    ),
)
def test_equity_changes_a_step(document, seed, show):
    """Equity: a measured gap of one group, and a step that closes it"""
    form = document("workflow.yaml", Fair, others=True)
    steps, equity = steps_of(form), form.equity
    gap_is_measured(equity)
    where = equity.where("step")
    expect(
        equity.step in steps,
        lambda: (
            f"{where}: no step has the id `{equity.step}`. Name the step of the workflow that is done differently "
            f"because of the gap.{did_you_mean(equity.step, steps) or f' The ids are {listed(steps)}.'}"
        ),
    )
    step = steps[equity.step]
    expect(
        step.does == "decide" and not step.by_ai and "patient" in step.input,
        f"{where}: in `{step.id}` nobody looks at the patient and decides. For group {equity.group} the display reads "
        "too high, so neither the record nor the AI can show it. Name a decision of a person with `patient` among its "
        "input.",
    )
    for way in walk_all(plan_of(form), make_hidden(seed)):
        show(way_of(way, f"A patient of group {equity.group}, {clock(way.patient.comes)}"))
        who = f"A patient of group {equity.group}, {clock(way.patient.comes)}, {STORIES['hidden']}"
        expect(not way.fault, lambda who=who, way=way: f"{who}. {way.fault}")
        expect(
            step.id in [moment.place for moment in way.moments],
            lambda who=who, way=way: (
                f"{where}: {who}. Somebody sees it at `{way.seen_at}`, and the patient never comes to `{step.id}`. "
                "Name the step that finds this patient, or lead the way there."
            ),
        )
    words = len(equity.change.split())
    expect(
        words >= 8,
        f"{equity.where('change')}: change has {counted(words, 'word')}. Say in a whole sentence what is done "
        f"differently in `{step.id}`, and for whom.",
    )
    there = roster(form.duty)
    expect(
        plain(equity.counts_again) in there,
        lambda: (
            f"{equity.where('counts_again')}: `{equity.counts_again}` stands in no row of `duty`. "
            f"{nearest_role(equity.counts_again, list(dict.fromkeys(duty.role for duty in form.duty)))}"
        ),
    )


def gap_is_measured(equity: Equity) -> None:
    """Expect the figures of the report."""
    groups, name = oximeter_report(equity.report), f"report {equity.report}"
    group, other = groups[equity.group], groups[equity.compared_with]
    expect(
        group != other,
        f"{equity.where('compared_with')}: group {group.name} is compared with itself. Name another group of {name}.",
    )
    enough = [g for g in groups.values() if g.low >= LEAST_READINGS]
    worst = [max(enough, key=lambda g: g.share), max(groups.values(), key=lambda g: g.mean_error)]
    expect(
        group in worst,
        f"{equity.where('group')}: in {name} the oximeter misses {group.missed} of {group.low} low readings of group "
        f"{group.name}, and another group fares worse. Divide within each group, as the largest has the most missed "
        "readings only because it is large; and trust no share of a handful.",
    )
    for key, right, what in (("low_readings", group.low, "low readings"), ("missed", group.missed, "missed readings")):
        value = getattr(equity, key)
        expect(
            value == right,
            f"{equity.where(key)}: {key} is {value}, but {name} counts {right} {what} in group {group.name}. Copy it "
            "from there.",
        )
    for key, right, how in (
        ("share", group.share, f"{group.missed} missed of {group.low} low readings"),
        ("compared_share", other.share, f"{other.missed} missed of {other.low} low readings in group {other.name}"),
        ("gap", group.share - other.share, "share minus compared_share"),
    ):
        value = getattr(equity, key)
        if key == "gap" and other.share and group.share:
            divided = {round(group.share / other.share, 2), round(other.share / group.share, 2)}
            expect(
                abs(value - right) <= ROUNDED or min(abs(value - ratio) for ratio in divided) > ROUNDED,
                f"{equity.where(key)}: gap is {value:g}, and that is one share divided by the other. {MINUS}",
            )
        expect(
            abs(value - right) <= ROUNDED,
            f"{equity.where(key)}: {key} is {value:g}, but {how} is {right:.2f} in {name}. Whoever checks one number "
            "and finds it wrong believes none.",
        )
