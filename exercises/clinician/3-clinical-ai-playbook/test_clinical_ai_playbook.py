"""Days 61-90, clinicians: a playbook for a pilot that can stop. For learning, not for clinical use."""

import functools
import re
from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from wardround.grading import NotYet, Waiting, expect, graded
from wardround.grading.faults import WrongForm
from wardround.grading.forms import Form, Positive, Text
from wardround.grading.pictures import Lines, Mark, Table
from wardround.grading.stop_rules import first_stop, pooled
from wardround.hospital.monitoring import WEEKS, make_rollout
from wardround.hospital.pilot_sheet import DAYS, LAST_SHEET, WARDS, Sheet, pilot_sheet
from wardround.wording import counted, did_you_mean, listed, nearest


@dataclass(frozen=True)
class Row:
    """A row of the sheet that can be a numerator."""

    kinds: tuple[str, ...]  # what a metric of it may call itself
    among: tuple[str, ...]  # rows that can stand under it
    weekly: bool  # whether it is known week by week
    is_about: str


OUTCOME, PROCESS, BALANCING = "outcome", "process", "balancing"
ROWS = {
    "found_late": Row((OUTCOME,), ("deteriorations", "patient_days"), False, "what happened to patients"),
    "icu_transfers": Row((OUTCOME,), ("deteriorations", "patient_days"), False, "what happened to patients"),
    "missed": Row((PROCESS,), ("deteriorations", "patient_days"), True, "what the alert did"),
    "right_alerts": Row((PROCESS,), ("alerts", "deteriorations", "patient_days", "days"), True, "what the alert did"),
    "errors": Row((PROCESS,), ("patient_days", "days"), True, "what the alert did"),
    "alerts": Row((PROCESS, BALANCING), ("patient_days", "days"), True, "what the alert did, and asks of the staff"),
    "false_alarms": Row(
        (PROCESS, BALANCING), ("alerts", "patient_days", "days"), True, "what the alert did, and asks of the staff"
    ),
    "late_reviews": Row((BALANCING,), ("reviews", "patient_days", "days"), True, "what others lose by it"),
    "chart_minutes": Row((PROCESS,), ("patient_days", "days"), False, "how long the staff's paper work takes"),
}
UNDER = ("days", "patient_days", "deteriorations", "alerts", "reviews")
HIGHER = {"right_alerts"}  # more is better; of everything else, less
GROUPS = {
    *(
        "team",
        "teams",
        "staff",
        "everyone",
        "everybody",
        "all",
        "nobody",
        "committee",
        "board",
        "department",
        "group",
        "it",
    ),
    *("nurses", "doctors", "physicians", "clinicians", "management", "hospital", "ward", "unit", "tbd", "office"),
}
JOBS = {
    *(
        "nurse",
        "doctor",
        "physician",
        "sister",
        "matron",
        "pharmacist",
        "consultant",
        "registrar",
        "secretary",
        "clerk",
    ),
    *("head", "chief", "chair", "lead", "leader", "director", "officer", "manager", "coordinator", "supervisor"),
}
SELLER = re.compile(r"\b(?:vendor|supplier|seller|manufacturer|company|sales)\b", re.IGNORECASE)
MACHINES = {"ai", "alert", "algorithm", "computer", "model", "program", "software", "system", "tool", "vendor"}

WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

RoleName = Annotated[str, Field(min_length=2, max_length=60)]


class Person(Form):
    """A job that stands in the playbook."""

    role: RoleName
    deputy: RoleName


class Metric(Form):
    """One number that is read."""

    id: Text
    name: Text
    kind: Literal["outcome", "process", "balancing"]
    definition: Text
    numerator: Text
    denominator: Text
    per: Annotated[int, Field(ge=1, le=1000)]
    baseline: Annotated[float, Field(ge=0)]
    target: Annotated[float, Field(ge=0)]
    owner: Text
    every_days: Annotated[int, Field(ge=1, le=3650)]

    @property
    def share_like(self) -> bool:
        """Whether it counts some of a whole, so that a text may say it in percent."""
        return self.numerator != "chart_minutes" and self.denominator != "days"


class Quote(Form):
    """A number from elsewhere."""

    value: float
    what: Text
    source: Text


class People(Form):
    """The roles alone, and which sheet the numbers are from."""

    sheet: Annotated[int, Field(ge=1, le=LAST_SHEET)] = 1
    roles: Annotated[list[Person], Field(min_length=1, max_length=12)]

    @property
    def facts(self) -> Sheet:
        """The sheet itself."""
        return pilot_sheet(self.sheet)


class Measured(People):
    """Roles and metrics."""

    metrics: Annotated[list[Metric], Field(min_length=1, max_length=20)]
    quoted: list[Quote] = []


class Hours(Form):
    """Who answers, where, and how long it takes."""

    who: Text
    wards: Annotated[list[Literal["A", "B", "C", "D", "E", "F"]], Field(min_length=1, max_length=6)]
    alerts_a_day: Positive
    minutes_each: Positive
    hours_a_day: Positive
    capacity_hours: Positive


class Staffed(People):
    """Roles and hours."""

    staffing: Hours


class Planned(Measured):
    """The whole of metrics.yaml."""

    staffing: Hours


class Rule(Form):
    """When the alert is switched off."""

    metric: Text
    limit: Positive
    weeks: Annotated[int, Field(ge=1, le=WEEKS)]
    how: Literal["pooled", "each"]
    who: Text
    within_hours: Positive
    action: Text


class Rules(Form):
    """The stop rules."""

    rules: Annotated[list[Rule], Field(min_length=1, max_length=8)]


class Decision(Form):
    """When it rings."""

    who: Text
    before: Text


class Silence(Form):
    """When it does not."""

    who: Text
    every_hours: Positive


class Notice(Form):
    """How patients learn of it."""

    who: Text
    when: Literal["admission", "after_alert", "on_request"]
    says_no: Text


class Privacy(Form):
    """Who sees what, for how long."""

    who: Text
    kept_days: Positive
    seen_by: Text


class Guardrails(Form):
    """What happens, not what people intend."""

    decision: Decision
    silence: Silence
    notice: Notice
    privacy: Privacy


class Guarded(Form):
    """The guardrails alone."""

    guardrails: Guardrails


class Halting(Rules):
    """The whole of stop_rules.yaml."""

    guardrails: Guardrails


def plain(text: str) -> str:
    """Return a text in small letters with single spaces."""
    return " ".join(text.casefold().split())


def a_role(form: Form, key: str, name: str, people: People) -> None:
    """Raise NotYet unless a name is one of the roles."""
    names = [person.role for person in people.roles]
    if plain(name) in map(plain, names):
        return
    near = did_you_mean(name, names)
    raise NotYet(
        f"{form.where(key)}: {key} is `{name}`, and `roles` in metrics.yaml has no such role."
        f"{near or f' It has {listed(names)}: write one of them, or add this one with its deputy.'}"
    )


def not_the_seller(form: Form, name: str) -> None:
    """Raise NotYet if the one who decides or stops is paid by the one who sold the alert."""
    word = SELLER.search(name)
    expect(
        word is None,
        f"{form.where('who')}: who is `{name}`. Whoever lives by the alert does not decide about it. "
        "Name somebody of the hospital.",
    )


def words_in(form: Form, key: str, text: str, least: int, ask: str) -> None:
    """Raise NotYet if a sentence of a form is no sentence."""
    n = len(text.split())
    expect(n >= least, f"{form.where(key)}: {key} has {counted(n, 'word')}; {ask}")


# 1: the text --------------------------------------------------------------------------------------------------------

HEADINGS = ("Problem", "Proposed solution", "Guardrails", "Metrics")
FEWEST, MOST = 400, 1_500  # words in all: one to three pages
FEWEST_EACH = 60
COPIED = 0.4  # of a section's runs of three words that may stand in another
NUMBER = re.compile(r"(?<![\w.,])(?<![A-Za-z]-)\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|\.\d|,\d)")


def sections_of(document) -> dict[str, str]:
    """Return the four sections of the playbook, without comments; raise WrongForm if one is not there."""
    prose = document("playbook.md")
    parts = re.split(
        r"^##?[ \t]+(.*?)[ \t#]*$", prose.text, flags=re.MULTILINE
    )  # smaller headings stay in their section
    found = {heading_of(name): text for name, text in zip(parts[1::2], parts[2::2], strict=True)}
    for heading in HEADINGS:
        if heading not in found:
            near = nearest(heading, [name for name in found if name not in HEADINGS])
            row = re.search(rf"^[#*_ ]*{heading}[*_: ]*$", prose.text, re.MULTILINE | re.IGNORECASE)
            mend = f"Add a line `## {heading}`."
            if near or row:
                mend = f"Write `## {heading}` in place of `{row[0].strip() if row else f'## {near}'}`."
            raise WrongForm(f"playbook.md has no section `## {heading}`. {mend}")
    return {name: re.sub(r"<!--.*?-->", "", found[name], flags=re.DOTALL).strip() for name in HEADINGS}


def heading_of(name: str) -> str:
    """Return which section a heading opens, whatever its capitals, its number and what follows a colon; else itself."""
    bare = plain(re.sub(r"^[\d.)\s]+|[*_]|:.*$", "", name))
    return next((heading for heading in HEADINGS if plain(heading) == bare), name)


def roles_in(text: str, people: People) -> list[str]:
    """Return the roles that a text names, deputies included."""
    said = plain(text)
    names = [name for person in people.roles for name in (person.role, person.deputy)]
    return [name for name in names if re.search(rf"(?<!\w){re.escape(plain(name))}(?:s|es)?(?!\w)", said)]


@graded(
    points=15,
    hint="Read each part to somebody alone. Can they say who does something, and how many patients it is about?",
)
def test_four_parts_name_numbers_and_people(document):
    """Problem, solution, guardrails and metrics each name numbers and people"""
    sections = sections_of(document)
    plan = document("metrics.yaml", Planned, others=True)
    known = known_numbers(plan, document("stop_rules.yaml", Halting, others=True))
    for heading, text in sections.items():
        words = re.findall(r"[^\W\d_]+", text.casefold())
        expect(
            len(words) >= FEWEST_EACH,
            f"playbook.md, {heading}: {counted(len(words), 'word')}; write {FEWEST_EACH} or more. A committee that has "
            "to ask what you meant will decide next month.",
        )
        expect(
            len(set(words)) >= 0.4 * len(words) or len(words) > 400,
            f"playbook.md, {heading}: of {len(words)} words only {len(set(words))} are different. Say each thing once.",
        )
        expect(
            roles_in(text, plan),
            f"playbook.md, {heading}: it names none of your roles ({listed(p.role for p in plan.roles)}). Say who does "
            "something, in the words of metrics.yaml: what everybody is to do, nobody does at three in the morning.",
        )
        numbers = numbers_of(text)
        expect(
            any(number.is_one_of(known) for number in numbers),
            f"playbook.md, {heading}: it has "
            f"{'no number' if not numbers else 'no number of the sheet or the forms'}. Write how many, of how "
            "many, or how often; without it the sentence could stand in any brochure.",
        )
    total = sum(len(text.split()) for text in sections.values())
    why = (
        "A committee has questions, and you will not be there."
        if total < FEWEST
        else "Longer ones are approved unread."
    )
    expect(
        FEWEST <= total <= MOST,
        f"playbook.md: its four sections have {total:,} words; write {FEWEST} to {MOST:,}, one to three pages. {why}",
    )
    for one, other in combinations(HEADINGS, 2):
        mine, theirs = triples(sections[one]), triples(sections[other])
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        expect(
            shared <= COPIED,
            f"playbook.md: {other} repeats {shared:.0%} of {one}. Each part answers a question of its own.",
        )
    rows = plan.facts.rows
    outcomes = [m for m in plan.metrics if m.kind == OUTCOME and m.numerator in ROWS and m.denominator in UNDER]
    if outcomes:
        said = {number.value for number in numbers_of(sections["Problem"])}
        first = outcomes[0]
        expect(
            any(
                rows[m.numerator] in said and said & {rows[under] for under in ROWS[m.numerator].among}
                for m in outcomes
            ),
            f"playbook.md, Problem: it does not say how many patients it is about: {first.name}, "
            f"{rows[first.numerator]:,} of {rows[first.denominator]:,}. A share without its two counts "
            "could be three patients.",
        )


def triples(text: str) -> set[tuple[str, ...]]:
    """Return every run of three words."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


# 2: the metrics -----------------------------------------------------------------------------------------------------

FEWEST_METRICS, MOST_METRICS = 3, 6
EVERY_DAYS = 31


@graded(
    points=20,
    hint="For each metric ask whose number it is: the patient's, the alert's, or that of somebody who waits meanwhile.",
)
def test_metrics_can_be_counted(document, show):
    """Each metric can be counted, has an owner, and one looks where harm would go"""
    form = document("metrics.yaml", Measured, others=True)
    rows = form.facts.rows
    sound_roles(form)
    ids = [metric.id for metric in form.metrics]
    twice = next((metric for n, metric in enumerate(form.metrics) if metric.id in ids[:n]), None)
    expect(twice is None, lambda: f"{twice.where('id')}: two metrics have the id `{twice.id}`. Give each its own.")
    for metric in form.metrics:
        sound_rows(metric)
    show(
        Table(
            "Your metrics, counted on the sheet",
            ["metric", "counts", "today", "baseline", "target"],
            [
                [
                    m.id,
                    f"{rows[m.numerator]:,} / {rows[m.denominator]:,} x {m.per}",
                    f"{today(m, form.facts):.1f}",
                    f"{m.baseline:g}",
                    f"{m.target:g}",
                ]
                for m in form.metrics
            ],
        )
    )
    for n, metric in enumerate(form.metrics):
        sound_values(metric, form.facts)
        a_role(metric, "owner", metric.owner, form)
        expect(
            metric.every_days <= EVERY_DAYS,
            f"{metric.where('every_days')}: `{metric.id}` is read every {metric.every_days} days; in a pilot of half a "
            f"year that is too late to change anything. Write {EVERY_DAYS} or less.",
        )
        ask = (
            "say in a sentence what counts, what does not, and from what it is counted, so that two people count alike."
        )
        words_in(metric, "definition", metric.definition, 8, ask)
        same = next((m for m in form.metrics[:n] if plain(m.definition) == plain(metric.definition)), None)
        expect(
            same is None,
            lambda metric=metric, same=same: (
                f"{metric.where('definition')}: `{metric.id}` has the definition of `{same.id}`, word for word. "
                "Say what this one counts."
            ),
        )
    whose = {
        OUTCOME: "Nobody will know whether one patient is better off. Take a row of the sheet about patients.",
        BALANCING: "Whoever runs to alerts leaves somebody else waiting. Take a row of the sheet that would show it.",
    }
    for kind, why in whose.items():
        expect(
            any(metric.kind == kind for metric in form.metrics),
            f"{form.where('metrics')}: no metric has the kind {kind}. {why}",
        )
    expect(
        FEWEST_METRICS <= len(form.metrics) <= MOST_METRICS,
        f"{form.where('metrics')}: there are {len(form.metrics)} metrics; write {FEWEST_METRICS} to {MOST_METRICS}. "
        "Four are read; twelve are filed.",
    )


def sound_roles(form: People) -> None:
    """Raise NotYet for a role that is no single person, or has itself as a deputy."""
    for person in form.roles:
        for key in ("role", "deputy"):
            name = getattr(person, key)
            words = plain(name).split()
            machine = set(words) <= MACHINES | {"the"}
            group = words[-1] in GROUPS and not JOBS & set(words)
            expect(
                not (machine or group),
                f"{person.where(key)}: `{name}` is {'no person' if machine else 'a group'}. Name one job that has a "
                "telephone, such as `outreach nurse` or `chair of the committee`: somebody must know that it is them.",
            )
        expect(
            plain(person.role) != plain(person.deputy),
            f"{person.where('deputy')}: `{person.role}` is its own deputy. Who takes over when this person is away?",
        )


def sound_rows(metric: Metric) -> None:
    """Raise NotYet unless a metric takes rows of the sheet that belong together, and says whose number it is."""
    expect(
        metric.numerator in ROWS,
        f"{metric.where('numerator')}: `{metric.numerator}` is no row of the sheet that can be counted up. Write one "
        f"of {listed(ROWS)}.{did_you_mean(metric.numerator, ROWS)}",
    )
    row = ROWS[metric.numerator]
    expect(
        metric.denominator in UNDER,
        f"{metric.where('denominator')}: `{metric.denominator}` is no row that can stand under a metric. Write one of "
        f"{listed(UNDER)}.{did_you_mean(metric.denominator, UNDER)}",
    )
    expect(
        metric.denominator in row.among,
        f"{metric.where('denominator')}: `{metric.id}` counts {metric.numerator} among {metric.denominator}, but "
        f"{metric.numerator} are counted among {listed(row.among, 'or')}. With the wrong people below the line the "
        "share says nothing about a patient.",
    )
    expect(
        metric.per in (1, 100, 1000),
        f"{metric.where('per')}: `{metric.id}` is counted of {metric.per}; write 100 (percent), 1000 (rare things) or "
        "1 (a plain ratio), so that it can be set beside another ward's.",
    )
    expect(
        metric.kind in row.kinds,
        f"{metric.where('kind')}: `{metric.id}` is called {metric.kind}, but {metric.numerator} tells "
        f"{row.is_about}: write {listed(row.kinds, 'or')}. A number of the tool is easily taken for one of "
        "the patients.",
    )


def today(metric: Metric, sheet: Sheet) -> float:
    """Return a metric's value on the sheet."""
    return metric.per * sheet.rows[metric.numerator] / sheet.rows[metric.denominator]


def sound_values(metric: Metric, sheet: Sheet) -> None:
    """Raise NotYet unless the baseline is what the sheet says, and the target is one."""
    right = today(metric, sheet)
    rows = f"{sheet.rows[metric.numerator]:,} / {sheet.rows[metric.denominator]:,} x {metric.per}"
    close = 0.51 if right >= 5 else 0.051 if right >= 1 else 0.0051
    about = f" With per: {metric.per} it is no share." if abs(metric.per * metric.baseline - right) <= close else ""
    if abs(metric.baseline - today(metric, pilot_sheet())) <= close:
        about = " That is its value on sheet 1; the form names another."
    expect(
        abs(metric.baseline - right) <= close,
        f"{metric.where('baseline')}: `{metric.id}` starts from {metric.baseline:g}, but on the sheet {rows} is "
        f"{right:.3g}.{about} Without the true start nobody can say later whether anything has changed.",
    )
    expect(
        metric.target > 0,
        f"{metric.where('target')}: the target of `{metric.id}` is 0. No ward reaches that, and who must report zero "
        "stops counting. Write what you would be content with.",
    )
    if metric.kind == OUTCOME:
        expect(
            metric.target < right - close,
            f"{metric.where('target')}: `{metric.id}` stands at {right:.3g} today, and its target is "
            f"{metric.target:g}; expected less. If patients are to be no better off, nobody needs a pilot.",
        )
    elif metric.numerator not in HIGHER:
        expect(
            metric.target <= 2 * right,
            f"{metric.where('target')}: `{metric.id}` stands at {right:.3g} today, and its target is "
            f"{metric.target:g}, more than double. Write how much worse it may become before you would be worried.",
        )
    if metric.share_like and metric.numerator in HIGHER:
        expect(
            metric.target <= metric.per,
            f"{metric.where('target')}: the target of `{metric.id}` is {metric.target:g} of {metric.per}; no share is "
            "above the whole.",
        )


# 3: the stop rules --------------------------------------------------------------------------------------------------

ROLLOUTS = (
    20  # of three hospitals each: one is sound, at one the alert begins to miss patients, at one to ring too much
)
IN_TIME = 6  # weeks after the harm began, that week included
SPARED = 4  # of 20 sound hospitals that may be stopped, and of 40 harmed ones that may be missed or stopped too early
SOON = 72  # hours
STOPS = re.compile(
    r"\b(?:off|paus\w+|stop\w*|suspen\w+|halt\w*|ends|ended|disabl\w+|withdr\w+|mut(?:es?|ed|ing)|silenc\w+|shut\w*|"
    r"deactivat\w+|remov\w+|discontinu\w+|ceas\w+|terminat\w+|freez\w*|froz\w+|pull\w*|unplug\w*|interrupt\w*|"
    r"(?:back|return\w*) to (?:the )?paper|tak\w+\b[^.]{0,40}\b(?:out|down))\b",
    re.IGNORECASE,
)
STAYS = re.compile(r"\b(?:not|never|\w+n't)\b(?: \w+){0,2}\s*$", re.IGNORECASE)  # before a word of STOPS


@dataclass(frozen=True)
class Hospital:
    """26 weeks of one hospital, and the truth about it."""

    name: str
    weeks: dict[str, np.ndarray]
    harm: str
    begins: int | None

    @property
    def title(self) -> str:
        """Its name at the head of a picture."""
        return self.name[0].upper() + self.name[1:]


@functools.lru_cache(maxsize=8)
def hospitals(seed: int) -> tuple[Hospital, ...]:
    """Return the hospitals of all rollouts of a seed."""
    found = []
    for n in range(ROLLOUTS):
        table, truth = make_rollout(seed + 1000 * n)
        for site, told in truth.items():
            own = table["site"] == site
            weeks = {
                name: values[own].astype(float) for name, values in table.items() if name not in ("site", "starts")
            }
            weeks["right_alerts"] = weeks["alerts"] - weeks["false_alarms"]
            weeks["errors"] = weeks["missed"] + weeks["false_alarms"]
            weeks["days"] = np.full(WEEKS, 7.0)
            found.append(Hospital(f"hospital {site} of round {n + 1}", weeks, told["harm"], told["week"]))
    return tuple(found)


# The rules below, replayed on the ROLLOUTS of each of the seeds 1 to 60 (4 weeks pooled, where nothing else is said):
#                                                 sound hospitals stopped,   harmed ones missed, late
#                                                 of 20: mean, range         or early, of 40: mean, range
#   missed 28 %, late_reviews 11 % (the solution)     .13, 0 to 2                .00, 0
#   missed 29 %, late_reviews 11 %, 3 weeks           .57, 0 to 2                .05, 0 to 1
#   missed 25 %, late_reviews 10 %, each of 3 weeks   .22, 0 to 2                .12, 0 to 1
#   missed 30 %, late_reviews 11 %, each of 2 weeks   .53, 0 to 3                .05, 0 to 1
#   missed 28 %, late_reviews 10 %, 6 weeks           .05, 0 to 1                .00, 0
#   missed 28 %, 20 alerts in 100 patient-days        .07, 0 to 2                .02, 0 to 1
#   right_alerts below 72 % of deteriorations, 15 false_alarms in 100 patient-days
#                                                     .18, 0 to 2                .02, 0 to 1
#   missed 28 %, right_alerts below 22 % of alerts   1.18, 0 to 4                .12, 0 to 1
#   missed 30 %, late_reviews 12 %, 8 weeks (slow)    .00, 0                    1.58, 0 to 5
#   missed 25 %, late_reviews 9 % (too near)         4.23, 1 to 8                .58, 0 to 4
#   missed 30 %, late_reviews 11 %, one week        19.68, 17 to 20             7.70, 2 to 13
#   missed 28 % alone; late_reviews 11 % alone        .07, 0 to 1              20.00, 20
#   errors 14 % (a rule on accuracy)                 4.45, 2 to 8              20.23, 19 to 22
#   missed 60 %, late_reviews 30 %                    .00, 0                   40.00, 40
#   missed 30 %, late_reviews 12 %, 13 weeks          .00, 0                   37.48, 33 to 40
# SPARED leaves a margin of 1 to the sound rules with the most stops (0 to the PPV rule) and of 13 to the wrong ones.
@graded(
    points=20,
    hint="`pytest --report card.html` draws the weeks. A bad week passes, harm stays; and harm comes in two ways.",
)
def test_stop_rules_stop_harm_only(document, show, seed):
    """The stop rules stop harm in time, and spare an alert that is sound"""
    places = hospitals(seed)
    try:
        told = document("stop_rules.yaml", Rules, others=True)
        form = document("metrics.yaml", Measured, others=True)
    except Waiting:
        for place in places[:3]:
            show(weeks_of(place))
        raise
    rules = [(rule, metric_of(rule, form)) for rule in told.rules]
    stopped: list[tuple[Hospital, int]] = []
    let_go: list[tuple[Hospital, int | None]] = []
    for place in places:
        stop, _ = first_of(rules, place)
        if place.begins is None and stop is not None:
            stopped.append((place, stop))
        elif place.begins is not None and (stop is None or not place.begins <= stop < place.begins + IN_TIME):
            let_go.append((place, stop))
    sound = len(places) // 3
    if len(stopped) > SPARED:
        place, stop = stopped[0]
        show(replayed(rules, place))
        _, (rule, _) = first_of(rules, place)
        raise NotYet(
            f"{rule.where('limit')}: of {sound} hospitals in which nothing was wrong your rules stop {len(stopped)}; "
            f"at most {SPARED} may be. The first is {place.name}, after week {stop}. A rule that fires for one "
            "bad week will not be believed when patients are harmed."
        )
    if len(let_go) > SPARED:
        place, stop = let_go[0]
        show(replayed(rules, place))
        if stop is None:
            show(weeks_of(place))
        when = "never stopped" if stop is None else f"stopped after week {stop}"
        raise NotYet(
            f"{told.where('rules')}: of {2 * sound} hospitals with harm your rules stop {len(let_go)} too late, too "
            f"early or never; at most {SPARED} may be. The first is {place.name}: from week {place.begins} there was "
            f"harm ({place.harm}), and it was {when}; expected a stop after week {place.begins} to "
            f"{place.begins + IN_TIME - 1}. Until then patients pay for it."
        )
    for place in places[:3]:
        show(replayed(rules, place))


def metric_of(rule: Rule, form: Measured) -> Metric:
    """Return the metric of a rule; raise NotYet unless the rule is one that a person can act on."""
    metric = next((m for m in form.metrics if m.id == rule.metric), None)
    if metric is None:
        ids = [m.id for m in form.metrics]
        raise NotYet(
            f"{rule.where('metric')}: no metric in metrics.yaml has the id `{rule.metric}`."
            f"{did_you_mean(rule.metric, ids) or f' It has {listed(ids)}.'}"
        )
    row = ROWS.get(metric.numerator)
    if row is None or metric.denominator not in row.among:
        raise NotYet(
            f"{metric.where('numerator')}: {metric.numerator} / {metric.denominator} cannot be counted, so no rule can "
            "rest on it. Mend the metrics first."
        )
    expect(
        row.weekly,
        f"{rule.where('metric')}: `{metric.id}` counts {metric.numerator}, which the weekly counts do not have: it is "
        "known only when charts have been read, weeks later. Stop by something that is known each week.",
    )
    most = metric.per if metric.share_like else None
    expect(
        most is None or rule.limit < most,
        f"{rule.where('limit')}: the limit is {rule.limit:g}, but `{metric.id}` is counted of {metric.per}: it can "
        "never be beyond that. Write the limit in the unit of the metric.",
    )
    higher = metric.numerator in HIGHER
    expect(
        rule.limit < metric.target if higher else rule.limit > metric.target,
        f"{rule.where('limit')}: the limit of `{metric.id}` is {rule.limit:g} and its target {metric.target:g}. An "
        f"alert that {'just reaches' if rule.limit == metric.target else 'reaches'} its target would be stopped; set "
        f"the limit {'below' if higher else 'above'} the target, or mend the target.",
    )
    a_role(rule, "who", rule.who, form)
    expect(
        rule.within_hours <= SOON,
        f"{rule.where('within_hours')}: {rule.within_hours:g} hours pass before anything happens; write {SOON} or "
        "less. The rule has looked at whole weeks already.",
    )
    not_the_seller(rule, rule.who)
    ask = "say in a sentence what happens and who is told, so that nobody has to think about it at night."
    words_in(rule, "action", rule.action, 6, ask)
    expect(
        any(not STAYS.search(rule.action[: stop.start()]) for stop in STOPS.finditer(rule.action)),
        f"{rule.where('action')}: the action says nowhere that the alert goes off. Write who switches it off and "
        "who is told: an e-mail or a meeting does not end the harm that the rule has found.",
    )
    return metric


def first_of(rules: list[tuple[Rule, Metric]], place: Hospital) -> tuple[int | None, tuple[Rule, Metric]]:
    """Return after which week a hospital is stopped first, and by which rule (the first rule if by none)."""
    stops = []
    for rule, metric in rules:
        part, whole = place.weeks[metric.numerator], place.weeks[metric.denominator]
        below = metric.numerator in HIGHER
        stop = first_stop(part, whole, rule.limit / metric.per, weeks=rule.weeks, how=rule.how, below=below)
        if stop is not None:
            stops.append((stop, (rule, metric)))
    return min(stops, key=lambda found: found[0]) if stops else (None, rules[0])


def truth_of(place: Hospital) -> str:
    """Say what was wrong at a hospital."""
    return f"harm from week {place.begins}: {place.harm}" if place.begins else "nothing is wrong"


def replayed(rules: list[tuple[Rule, Metric]], place: Hospital) -> Lines:
    """Draw the rule that stopped a hospital (or the first, if none did) over its weeks."""
    stop, (rule, metric) = first_of(rules, place)
    part, whole = place.weeks[metric.numerator], place.weeks[metric.denominator]
    lines = {"each week": (metric.per * part / np.maximum(whole, 1)).tolist()}
    if rule.how == "pooled" and rule.weeks > 1:
        shares = pooled(part, whole, rule.weeks)
        lines[f"{rule.weeks} weeks pooled"] = [None if s is None else metric.per * s for s in shares]
    marks = [Mark(place.begins, "harm begins")] if place.begins else []
    marks += [Mark(stop, "your rule stops it")] if stop else []
    end = "your rules do not stop it" if stop is None else "stopped"
    return Lines(
        f"{place.title}, {metric.name}: {truth_of(place)}; {end}",
        list(range(1, WEEKS + 1)),
        lines,
        unit=f"of {metric.per}" if metric.share_like else "",
        marks=marks,
        limits={"your limit": rule.limit},
        x_name="week",
    )


def weeks_of(place: Hospital) -> Lines:
    """Draw the two shares in which harm can show."""
    shares = {
        "missed of 100 deteriorations": ("missed", "deteriorations"),
        "late of 100 reviews": ("late_reviews", "reviews"),
    }
    return Lines(
        f"{place.title}: {truth_of(place)}",
        list(range(1, WEEKS + 1)),
        {name: (100 * place.weeks[a] / np.maximum(place.weeks[b], 1)).tolist() for name, (a, b) in shares.items()},
        unit="of 100",
        marks=[Mark(place.begins, "harm begins")] if place.begins else [],
        x_name="week",
    )


# 4: the hours -------------------------------------------------------------------------------------------------------


OUTREACH = re.compile(r"outreach|\bCC?O[RT]?[TS]?\b|response|\bMET\b|critical care", re.IGNORECASE)


@graded(
    points=15, hint="Add up the alerts of your wards, divide by the days of the sheet, and count the false ones too."
)
def test_the_work_fits_into_the_hours(document, show):
    """The alerts of the pilot fit into the hours that are there"""
    form = document("metrics.yaml", Staffed, others=True)
    plan, sheet = form.staffing, form.facts
    a_role(plan, "who", plan.who, form)
    expect(
        OUTREACH.search(plan.who),
        f"{plan.where('who')}: the {plan.who} answers the alerts, but on the sheet only the outreach nurses have hours "
        "for them. Name the outreach nurse: hours that nobody has given are taken from other patients.",
    )
    twice = next((ward for n, ward in enumerate(plan.wards) if ward in plan.wards[:n]), None)
    expect(twice is None, f"{plan.where('wards')}: ward {twice} stands there twice. Name each once.")
    alerts = sum(sheet.ward_alerts[ward] for ward in plan.wards)
    a_day = alerts / DAYS
    hours = a_day * sheet.minutes_each / 60
    show(
        Table(
            "The hours of your pilot",
            ["what", "the sheet says", "you wrote"],
            [
                ["alerts a day", f"{alerts} / {DAYS} = {a_day:.1f}", f"{plan.alerts_a_day:g}"],
                ["minutes each", f"{sheet.minutes_each:.2f}", f"{plan.minutes_each:g}"],
                ["hours a day", f"{hours:.1f}", f"{plan.hours_a_day:g}"],
                ["hours that are there", f"{sheet.capacity_hours:g}", f"{plan.capacity_hours:g}"],
            ],
        )
    )
    named = f"{'ward' if len(plan.wards) == 1 else 'wards'} {listed(plan.wards)}"
    expect(
        abs(plan.alerts_a_day - a_day) <= 0.11,
        f"{plan.where('alerts_a_day')}: alerts_a_day is {plan.alerts_a_day:g}, but {named} had {alerts} alerts, right "
        f"and false, in {DAYS} days: {a_day:.1f} a day. A nurse walks for the false ones as well.",
    )
    timed = f"{sheet.rows['timed_minutes']} minutes for {sheet.rows['timed_alerts']} alerts"
    expect(
        abs(plan.minutes_each - sheet.minutes_each) <= 0.051,
        f"{plan.where('minutes_each')}: minutes_each is {plan.minutes_each:g}, but by the watch it was {timed}. "
        "What a brochure says, and what you hope for, does not carry the telephone.",
    )
    product = plan.alerts_a_day * plan.minutes_each / 60
    expect(
        abs(plan.hours_a_day - product) <= 0.06,
        f"{plan.where('hours_a_day')}: hours_a_day is {plan.hours_a_day:g}, but {plan.alerts_a_day:g} alerts x "
        f"{plan.minutes_each:g} minutes / 60 are {product:.2f} hours. Somebody will plan a shift by it.",
    )
    expect(
        abs(plan.capacity_hours - sheet.capacity_hours) <= 0.001,
        f"{plan.where('capacity_hours')}: capacity_hours is {plan.capacity_hours:g}, but the sheet gives "
        f"{sheet.capacity_hours:g}. Hours that nobody has given you are taken from other patients.",
    )
    expect(
        hours <= sheet.capacity_hours,
        f"{plan.where('wards')}: the alerts of {named} take {hours:.2f} hours a day, and "
        f"{sheet.capacity_hours:g} are there. Begin with fewer wards: an alert that nobody can answer is worse than "
        "none, because everybody believes that somebody comes.",
    )


# 5: text and forms --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """A number as a text writes it."""

    text: str
    percent: bool
    sentence: str

    @property
    def value(self) -> float:
        """Its value, commas taken out."""
        return float(self.text.replace(",", ""))

    def is_near(self, other: float) -> bool:
        """Whether it is another number, rounded as it is written."""
        return abs(self.value - other) <= 0.5 * 10.0 ** -len(self.text.partition(".")[2]) + 1e-9

    def is_one_of(self, known: "Known") -> bool:
        """Whether it is known."""
        if self.percent:
            return any(self.is_near(share) for share in known.percents)
        as_share = "." in self.text and self.value < 1
        return any(self.is_near(number) for number in known.numbers) or (
            as_share and any(self.is_near(share / 100) for share in known.percents)
        )


@dataclass(frozen=True)
class Known:
    """What a text may quote: numbers as they stand, and shares in percent."""

    numbers: frozenset[float]
    percents: frozenset[float]


def known_numbers(plan: Planned, told: Halting) -> Known:
    """Return all that stands in the sheet and the forms, and what can be counted from it."""
    hours, sheet = plan.staffing, plan.facts
    alerts = sum(sheet.ward_alerts[ward] for ward in set(hours.wards))
    numbers: set[float] = {*sheet.rows.values(), *sheet.ward_alerts.values(), alerts, DAYS / 7, len(WARDS)}
    numbers |= {count / span for count in sheet.rows.values() for span in (DAYS, DAYS / 7)}  # a day, a week
    numbers |= {
        alerts / DAYS,
        7 * alerts / DAYS,
        sheet.rows["alerts"] - alerts,
        sheet.capacity_hours,
        sheet.hours_a_day(),
    }
    numbers |= {sheet.rows["deteriorations"] - sheet.rows[name] for name in ("found_late", "missed")}
    numbers |= {sheet.rows["reviews"] - sheet.rows["late_reviews"]}
    numbers |= {hours.alerts_a_day, hours.minutes_each, hours.hours_a_day, hours.capacity_hours, len(hours.wards)}
    numbers |= {60 * hours.hours_a_day, 60 * hours.capacity_hours, hours.capacity_hours - hours.hours_a_day}
    percents = {100 * alerts / sheet.rows["alerts"], 100 * hours.hours_a_day / hours.capacity_hours}
    for name, row in ROWS.items():
        for under in row.among:
            ratio = sheet.rows[name] / sheet.rows[under]
            numbers |= {ratio, 100 * ratio, 1000 * ratio}
            percents |= {100 * ratio, 100 - 100 * ratio} if ratio < 1 else set()
    for metric in plan.metrics:
        numbers |= {metric.baseline, metric.target, metric.every_days, metric.baseline - metric.target}
        if metric.share_like:
            values = (100 * value / metric.per for value in (metric.baseline, metric.target))
            percents |= {share for value in values for share in (value, 100 - value)}
    numbers |= {told.guardrails.silence.every_hours, told.guardrails.privacy.kept_days}
    by_id = {metric.id: metric for metric in plan.metrics}
    for rule in told.rules:
        metric = by_id.get(rule.metric)
        numbers |= {rule.limit, rule.weeks, rule.within_hours}
        percents |= {100 * rule.limit / metric.per} if metric and metric.share_like else {rule.limit}
    for quote in plan.quoted:
        numbers.add(quote.value)
        percents |= {quote.value, 100 * quote.value}
    return Known(frozenset(map(float, numbers)), frozenset(percents))


def numbers_of(text: str) -> list[Said]:
    """Return the numbers of a text as they are written."""
    found = []
    for sentence in sentences_of(re.sub(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}\b)", ",", text)):
        line = re.sub(r"(\d)\s*[–-]\s*(\d)", r"\1 to \2", sentence)
        for match in NUMBER.finditer(line):
            after = line[match.end() :]
            percent = re.match(r"\s*(%|per ?cent\b)|\s*to\s+[\d.]+\s*(%|per ?cent\b)", after)
            found.append(Said(match[0], bool(percent), sentence))
    return found


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, a row of a table being one."""
    rows = re.sub(r"\n(?![|\n*+-]|\d+\. )", " ", text).split("\n")
    return [s.strip() for row in rows for s in re.split(r"(?<=[.!?])\s+(?=[A-Z])", row) if s.strip()]


def blocks_of(text: str) -> list[str]:
    """Return the paragraphs, list items and table rows of a text."""
    rows = re.sub(r"\n(?!\s*([|*+-]|\d+\. )|\s*\n)", " ", text).split("\n")
    return [" ".join(row.split()) for row in rows if row.strip()]


def places_of(name: str, names: list[str], text: str) -> list[str]:
    """Return where a text speaks of a metric: blocks that name it, and what follows up to the next one's name."""
    whole = plain(text)
    found = [block for block in blocks_of(text) if name in plain(block)]
    for match in re.finditer(re.escape(name), whole):
        after = whole[match.end() :]
        ends = [after.find(other) for other in names if other not in name and other in after]
        found.append(after[: min(ends, default=len(after))])
    return found


@graded(points=15, hint="Put the two windows side by side, and follow one metric from the form into the text.")
def test_text_and_forms_agree(document):
    """The playbook gives the numbers of the forms, and no others"""
    sections = sections_of(document)
    plan = document("metrics.yaml", Planned, others=True)
    told = document("stop_rules.yaml", Halting, others=True)
    names = [plain(metric.name) for metric in plan.metrics]
    for metric in plan.metrics:
        blocks = places_of(plain(metric.name), names, sections["Metrics"])
        expect(
            blocks,
            f"playbook.md, Metrics: it does not name `{metric.name}` ({metric.where('name')}). Use the same words in "
            "both, or a reader takes them for two things.",
        )
        for key in ("baseline", "target"):
            value = getattr(metric, key)
            expect(
                any(says(block, metric, value) for block in blocks),
                f"playbook.md, Metrics: where it names `{metric.name}`, its {key} is not {value:g}"
                f"{in_percent(metric, value)}, as in {metric.where(key)}. One of the two is old; a reader who finds "
                "two numbers for one thing trusts neither.",
            )
        swapped = swapped_in(blocks, metric)
        expect(
            swapped is None,
            f'playbook.md, Metrics: "{swapped}" of `{metric.name}` has today\'s value and the target the wrong way '
            f"round: by {metric.where('baseline')} today's is {metric.baseline:g}, and the target {metric.target:g}. A "
            "committee votes on what it reads.",
        )
    hours = plan.staffing
    solution = numbers_of(sections["Proposed solution"])
    for key in ("alerts_a_day", "minutes_each", "hours_a_day", "capacity_hours"):
        value = getattr(hours, key)
        expect(
            any(
                number.is_near(value) or number.is_near(60 * value * key.startswith(("h", "c"))) for number in solution
            ),
            f"playbook.md, Proposed solution: it does not say {key} ({value:g}, {hours.where(key)}). Show the whole "
            "sum: whoever gives the hours will count it again.",
        )
    by_id = {metric.id: metric for metric in plan.metrics}
    safety = f"{sections['Guardrails']}\n\n{sections['Metrics']}"
    for rule in told.rules:
        metric = by_id.get(rule.metric)
        expect(
            metric is None or any(says(block, metric, rule.limit) for block in blocks_of(safety)),
            f"playbook.md: neither Guardrails nor Metrics says the limit {rule.limit:g} of `{rule.metric}` "
            f"({rule.where('limit')}). A stop that only the form knows will be argued about on the day.",
        )
        expect(
            roles_in(safety, one_role(plan, rule.who)),
            f"playbook.md: neither Guardrails nor Metrics names the {rule.who}, who stops the alert "
            f"({rule.where('who')}). Somebody else in the text, or nobody, and two people wait for each other.",
        )
    for what, said, told_values in spans_at_limits(safety, told, by_id):
        expect(
            not said - told_values,
            lambda what=what, said=said, told_values=told_values: (
                f"playbook.md: where the text says a limit, it speaks of {numbered(said, what)}, and stop_rules.yaml "
                f"of {numbered(told_values, what)}. One of the two is old, and nobody will know which on the day."
            ),
        )
    kept = {float(match[1]) for s in sentences_of(safety) if KEEPS.search(s) for match in DAYS_SAID.finditer(s)}
    privacy = told.guardrails.privacy
    expect(
        not kept or privacy.kept_days in kept,
        lambda: (
            f"playbook.md: the records are kept for {numbered(kept, 'days')} in the text, and for "
            f"{privacy.kept_days:g} in {privacy.where('kept_days')}. Patients are told one of the two."
        ),
    )
    known = known_numbers(plan, told)
    for heading, text in sections.items():
        for number, whole in shares_of_wholes(text):
            values, rows = shares_among(whole, plan, told)
            other = other_whole(number, whole, plan.facts)
            expect(
                other is None or any(number.is_near(value) for value in values) or harmless(number),
                lambda number=number, whole=whole, heading=heading, rows=rows, other=other: (
                    f'playbook.md, {heading}: "{number.text} % of {whole}" in "{cut(number.sentence, number.text)}" is '
                    f"no share of {whole}; it is {other}. On the sheet {listed(rows)}. "
                    "With the wrong people below the line a tool looks better, or worse, than it is."
                ),
            )
        for number in numbers_of(text):
            expect(
                number.is_one_of(known) or harmless(number),
                lambda number=number, heading=heading: (
                    f'playbook.md, {heading}: "{number.text}{" %" if number.percent else ""}" in '
                    f'"{cut(number.sentence, number.text)}" stands neither in the sheet nor in your forms. Correct it, '
                    "or put it under `quoted` in metrics.yaml with its source; a number that nobody can find again "
                    "spoils the others."
                ),
            )


SPOKEN = {word: n for n, word in enumerate(WORDS, start=1)}
SPAN = rf"(\d+|{'|'.join(WORDS)})[\s-]*"
KEEPS = re.compile(r"\b(?:kept|keeps?|stor(?:ed?|age)|delet\w+|eras\w+|destroy\w*|gone)\b", re.IGNORECASE)
DAYS_SAID = re.compile(r"\b(?:for|after|within) (\d+) days?\b", re.IGNORECASE)
WHOLES = re.compile(
    r"(?<![\w.,])(\d+(?:\.\d+)?)\s*(?:%|per ?cent)\s+of\s+(?:(?:all|the|its|their|these|those|our|other)\s+)*"
    r"(deteriorations|alerts|reviews)\b",
    re.IGNORECASE,
)


def one_role(people: People, name: str) -> People:
    """Return the people with one role alone, without its deputy."""
    own = [Person.model_construct(role=p.role, deputy=p.role) for p in people.roles if plain(p.role) == plain(name)]
    return People.model_construct(roles=own)


def swapped_in(blocks: list[str], metric: Metric) -> str | None:
    """Return where a text calls the target today's value or the reverse, and nowhere the right way; else None."""
    value = r"(\d+(?:\.\d+)?)\s*(%|per ?cent)?"
    links = r"(?:\s*[:=|]\s*|\s+(?:is|was|of|at|to|from|or|more|than|less|most|least|about|below|under|no|up)\b)*\s*"
    patterns = {
        "baseline": (
            rf"\b(?:today|now|baseline|at present|currently){links}{value}",
            rf"{value}(?:\s+(?:is|as|at))?\s+(?:today|now|at present|currently)\b",
        ),
        "target": (
            rf"\b(?:target|goal|aim)\b{links}{value}",
            rf"{value}\s+(?:is|as)\s+(?:the|our)\s+(?:target|goal|aim)\b",
        ),
    }
    wrong = None
    for key, other in (("baseline", "target"), ("target", "baseline")):
        for block in blocks:
            for match in (m for pattern in patterns[key] for m in re.finditer(pattern, block, re.IGNORECASE)):
                unit = "%" if match[2] else ""
                if says(f"{match[1]}{unit}", metric, getattr(metric, key)):
                    return None
                if says(f"{match[1]}{unit}", metric, getattr(metric, other)):
                    wrong = wrong or match[0].strip(" ,:|")
    return wrong


def spans_at_limits(text: str, told: Rules, by_id: dict[str, Metric]) -> list[tuple[str, set[float], set[float]]]:
    """Return the weeks and the hours that stand in the sentences with a limit, and those of the rules."""
    spoken: dict[str, set[float]] = {"weeks": set(), "hours": set()}
    for sentence in sentences_of(text):
        if not any(rule.metric in by_id and says(sentence, by_id[rule.metric], rule.limit) for rule in told.rules):
            continue
        looked = rf"\b(?:over|last|past|each of|in)(?: the)?(?: last| past)? {SPAN}weeks?\b"
        in_a_row = rf"\b{SPAN}weeks (?:running|in a row|together)\b"
        for n in re.findall(f"{looked}|{in_a_row}", sentence, re.IGNORECASE):
            spoken["weeks"].add(number_said(n[0] or n[1]))
        for n, unit in re.findall(rf"\bwithin {SPAN}(hours?|days?|h)\b", sentence, re.IGNORECASE):
            spoken["hours"].add(number_said(n) * (24 if unit.startswith("d") else 1))
    return [
        ("weeks", spoken["weeks"], {float(rule.weeks) for rule in told.rules}),
        ("hours", spoken["hours"], {float(rule.within_hours) for rule in told.rules}),
    ]


def number_said(text: str) -> float:
    """Return a small number that stands in figures or as a word."""
    return float(SPOKEN.get(text.casefold(), 0) or text)


def numbered(values: set[float], what: str) -> str:
    """Return `3 and 4 weeks`."""
    return f"{listed(f'{value:g}' for value in sorted(values))} {what}"


def shares_of_wholes(text: str) -> list[tuple[Said, str]]:
    """Return the percentages that a text gives of all deteriorations, alerts or reviews."""
    return [
        (Said(match[1], True, sentence), match[2].casefold())
        for sentence in sentences_of(text)
        for match in WHOLES.finditer(sentence)
    ]


def shares_among(whole: str, plan: Planned, told: Rules) -> tuple[set[float], list[str]]:
    """Return the percentages that can be of a whole, and in words those of the sheet."""
    sheet = plan.facts
    names = [name for name, row in ROWS.items() if whole in row.among]
    shares = {name: 100 * sheet.rows[name] / sheet.rows[whole] for name in names}
    values = {value for share in shares.values() for value in (share, 100 - share)}
    if whole == "alerts":
        own = 100 * sum(sheet.ward_alerts[ward] for ward in set(plan.staffing.wards)) / sheet.rows["alerts"]
        values |= {own, 100 - own}
    for metric in plan.metrics:
        if metric.denominator == whole:
            given = (metric.baseline, metric.target, *(rule.limit for rule in told.rules if rule.metric == metric.id))
            values |= {share for value in given for share in (100 * value / metric.per, 100 - 100 * value / metric.per)}
    for quote in plan.quoted:
        values |= {quote.value, 100 * quote.value}
    return values, [f"{name} are {share:.0f} % of them" for name, share in shares.items()]


def other_whole(number: Said, whole: str, sheet: Sheet) -> str | None:
    """Say of which other whole a percentage is a share, such as `right_alerts among alerts`."""
    for name, row in ROWS.items():
        for under in row.among:
            other = under in ("deteriorations", "alerts", "reviews") and under != whole
            if other and number.is_near(100 * sheet.rows[name] / sheet.rows[under]):
                return f"{name} among {under}"
    return None


def says(block: str, metric: Metric, value: float) -> bool:
    """Return whether a block of text has a value of a metric, in its unit or in percent."""
    for number in numbers_of(block):
        if not number.percent and number.is_near(value):
            return True
        if metric.share_like and number.percent and number.is_near(100 * value / metric.per):
            return True
        if metric.share_like and "." in number.text and number.value < 1 and number.is_near(value / metric.per):
            return True
    return False


def in_percent(metric: Metric, value: float) -> str:
    """Return ` (43 %)` for a share."""
    return f" ({100 * value / metric.per:g} %)" if metric.share_like else f" of {metric.per}" if metric.per > 1 else ""


PHONE = r"\b(?:bleep|pager|beeper|phone|telephone|dial|call|ring|ext(?:ension)?\.?)\s+(?:number\s+|no\.?\s+|on\s+)?"
CLOCK = r"\b(?:at|by|from|until|till|before|after|o'clock)\s+"


def harmless(number: Said) -> bool:
    """Return whether a number is no result: a small whole number, a year, a clock's, or that of an interval."""
    if number.percent:
        return number.value in (0, 100) or bool(re.search(r"interval|\bCI\b", number.sentence))
    if re.search(rf"{PHONE}{re.escape(number.text)}(?!\d)", number.sentence, re.IGNORECASE):
        return True
    if "." in number.text:
        return bool(re.search(rf"{CLOCK}{re.escape(number.text)}(?!\d)", number.sentence, re.IGNORECASE)) and bool(
            re.fullmatch(r"(?:[01]?\d|2[0-3])\.[0-5]\d", number.text)
        )
    return number.value < 100 or number.value in (100, 1_000, 10_000, 365) or 1900 <= number.value < 2100


def cut(sentence: str, number: str) -> str:
    """Return the part of a sentence around a number, short enough to be quoted."""
    middle = max(0, sentence.find(number))
    first, last = max(0, middle - 40), middle + 40
    return f"{'…' if first else ''}{sentence[first:last].strip()}{'…' if last < len(sentence) else ''}"


# 6: what nobody can promise -----------------------------------------------------------------------------------------

ROUND_HOURS = 12  # at least so often somebody looks at a patient for whom the alert is silent
KEPT_DAYS = 730
UNDENIED = r"(?: (?!not?\b|never\b|nobody\b|nothing\b|neither\b|\w+n't\b)[\w,']+)"
PROMISES = (
    r"eliminat\w+",
    r"guarantee\w*",
    r"(?:risk|error|harm)[- ]free",
    r"fool[- ]?proof",
    r"infallib\w+",
    r"never (?:miss\w*|fail\w*|wrong|errs?|harms?|overlooks?)",
    r"(?:finds?|catch(?:es)?|detects?|prevents?) (?:all|every|each)(?: \w+){0,2} "
    r"(?:patients?|deteriorations?|cases?|harms?|deaths?)",
    r"no (?:patient|deterioration)s? (?:will|is|are|can|goes)(?: ever)?(?: be)? (?:missed|overlooked|harmed|unnoticed)",
    r"(?:nobody|no one|no (?:patient|deterioration|death)s?) (?:will|is|are|can|shall)(?: (?:ever|again|any ?more))?"
    r"(?: (?:be|go))? (?:found late|found too late|die\w*|unnoticed|deteriorat\w+ unnoticed)",
    r"(?:alert|it|tool|system) (?:will )?always "
    r"(?:finds?|detects?|catch(?:es)?|(?:rings?|warns?|alarms?)(?: \w+){0,3}? (?:before|in time|when\w*))",
    r"sav(?:es?|ed|ing)(?: \w+){0,2} lives",
    r"sav(?:es?|ed|ing) \d+ patients",
    r"patients? (?:is|are|was|were|have been|will be) saved",
    rf"silen[ct]\w*,?{UNDENIED}{{0,8}} (?:(?:is|are) (?:safe|stable|well)|"
    r"(?:needs?|requires?) no (?:observation|round|check|visit|look)s?)",
    r"(?:completely|perfectly|totally|absolutely|always) (?:safe|accurate|reliable|right|correct)",
)
WHOLE = re.compile(r"(?<![\d.])100(?:\.0)?\s*(?:%|percent)", re.IGNORECASE)
OF_THE_TOOL = re.compile(
    r"accura|sensitiv|specific|detect|catch|caught|find|found|safe|reliab|prevent|right|correct", re.IGNORECASE
)
NOT = re.compile(r"\b(not|no|never|nobody|none|nothing|cannot|neither|nor|without|far from|less than|\w+n't)\b")
AT_THE_BED = re.compile(
    r"\b(?:bed\w*|sees?|saw|seen|look\w*|examin\w+|assess\w*|observ\w+|obs|vitals?|signs?|visit\w*|breath\w*|pulse|"
    r"pressure|temperature|speak\w*|talk\w*|ask\w*|attend\w*|in person|face to face|goes|walks?|feels?|listen\w*|"
    r"touch\w*|wristband|(?:with|to|at|on|review\w*|check\w*|evaluat\w*) (?:the|that|this|each|every) patient)\b",
    re.IGNORECASE,
)
LEFT_ALONE = re.compile(
    r"\b(?:no longer|not|never|no more)\b(?: (?:be|been|being))? "
    r"(?:observed|watched|looked|visited|treated|cared|checked)"
    r"(?! (?:any )?(?:less|worse|differently))"
    r"|\b(?:no|without)(?: (?:further|more|routine))? (?:observations|rounds|care|treatment|visits)\b"
    r"(?! (?:is|are|will|may)\b)"
    r"|\b(?:sent home|(?:another|other|different) hospital)\b",
    re.IGNORECASE,
)
OPEN_TO_ALL = re.compile(
    r"\b(?:every(?:body|one)|any(?:body|one)|all (?:staff|employees))\b(?! (?:who|else|on|involved|caring|treating)\b)"
    r"|\b(?:public|internet|intranet)\b|\b(?:vendor|supplier|manufacturer|company)\b",
    re.IGNORECASE,
)
NAMED = re.compile(r"\b(?:names?|records?|everything|identit\w+|all of it|raw data)\b", re.IGNORECASE)
VEILED = re.compile(
    r"\b(?:not?|never|nothing|none|nobody|without|counts?|totals?|numbers only|\w*anonym\w+|pseudonym\w+|"
    r"de-?identified|\w+n't)\b",
    re.IGNORECASE,
)
ADDED = re.compile(
    r"\b(?:on top of|in addition to|alongside|besides)\b[^.!?;]{0,60}"
    r"\b(?:observation|round|look|visit|check|judg|eye)\w*"
    r"|\b(?:observation|round|visit|check)s?\b[^.!?;]{0,60}\b(?:never|not|no|nor)\b[^.!?;]{0,30}"
    r"\b(?:skipp|dropp|cancel|reduc|left out|stopp|thinn|missed|fewer|replac)\w*",
    re.IGNORECASE,
)
NO_SUBSTITUTE = re.compile(
    r"\b(?:not?|never|nor|neither|cannot|without|rather than|\w+n't)\b[^.!?;]{0,60}"
    r"\b(?:substitut\w*|replac\w*|stand[- ]?in|tak\w* the place|instead of)",
    re.IGNORECASE,
)


@graded(
    points=15,
    hint="Who looks at the patient for whom it stays silent? Who tells patients, and when? What could nobody promise?",
)
def test_no_promise_that_nobody_can_keep(document):
    """Nothing is promised that nobody can keep; patients are told, and may say no"""
    form = document("stop_rules.yaml", Guarded, others=True)
    people = document("metrics.yaml", People, others=True)
    rails = form.guardrails
    for part in (rails.decision, rails.silence, rails.notice, rails.privacy):
        a_role(part, "who", part.who, people)
        not_the_seller(part, part.who)
    ask = "say in a sentence what this person sees or does at the bed before anything changes for the patient."
    words_in(rails.decision, "before", rails.decision.before, 6, ask)
    expect(
        AT_THE_BED.search(rails.decision.before),
        f"{rails.decision.where('before')}: nobody sees the patient before something changes. Say what the "
        f"{rails.decision.who} sees, asks or does at the bed: most alerts are false.",
    )
    expect(
        rails.silence.every_hours <= ROUND_HOURS,
        f"{rails.silence.where('every_hours')}: where the alert is silent, somebody looks every "
        f"{rails.silence.every_hours:g} hours; write {ROUND_HOURS} or less. It misses some deteriorations, and "
        "those patients have nobody but the round.",
    )
    later = {"after_alert": "after it has rung for them", "on_request": "if they ask about something they do not know"}
    expect(
        rails.notice.when == "admission",
        f"{rails.notice.where('when')}: patients hear of the alert {later.get(rails.notice.when, '')}. Then nobody "
        "can say no in time; write admission.",
    )
    ask = "say in a sentence what happens for a patient who does not want it, or who may not opt out, and why."
    words_in(rails.notice, "says_no", rails.notice.says_no, 6, ask)
    alone = LEFT_ALONE.search(rails.notice.says_no)
    expect(
        alone is None,
        lambda: (
            f'{rails.notice.where("says_no")}: "{alone[0]}": who says no to the alert does not say no to the nurse. '
            "Write that this patient is looked at like everybody else."
        ),
    )
    expect(
        plain(rails.privacy.who) != plain(rails.decision.who),
        f"{rails.privacy.where('who')}: the {rails.privacy.who} answers the alerts and watches over the records as "
        "well. Nobody can look over their own shoulder; name another role.",
    )
    expect(
        rails.privacy.kept_days <= KEPT_DAYS,
        f"{rails.privacy.where('kept_days')}: the records are kept for {rails.privacy.kept_days:g} days; write "
        f"{KEPT_DAYS} or less. What is kept for a pilot is used for something else later.",
    )
    words_in(rails.privacy, "seen_by", rails.privacy.seen_by, 6, "say in a sentence who sees what, names or counts.")
    for clause in re.split(r"[.;,]", rails.privacy.seen_by):
        wide = OPEN_TO_ALL.search(clause)
        expect(
            not (wide and NAMED.search(clause)) or VEILED.search(clause),
            lambda wide=wide: (
                f'{rails.privacy.where("seen_by")}: "{wide[0]}" sees names or whole records. Name the few who need '
                "them; a patient who hears of it will say no, and be right."
            ),
        )
    sections = sections_of(document)
    for heading, text in sections.items():
        for sentence in sentences_of(text):
            word = promise(sentence)
            expect(
                word is None,
                lambda word=word, heading=heading, sentence=sentence: (
                    f'playbook.md, {heading}: "{word}" in "{cut(sentence, word or "")}" promises what no tool can '
                    "keep. Write how many of how many; the first patient it misses would make all of this untrue."
                ),
            )
    guard = sections["Guardrails"]
    expect(
        NO_SUBSTITUTE.search(" ".join(guard.split())) or ADDED.search(" ".join(guard.split())),
        "playbook.md, Guardrails: no sentence says what the alert does not replace. Say that it is not a substitute "
        "for somebody's look at the patient, and whose.",
    )
    silence = rails.silence
    expect(
        looks_every(silence.every_hours, guard),
        f"playbook.md, Guardrails: it does not say that somebody looks every {silence.every_hours:g} hours where the "
        f"alert is silent ({silence.where('every_hours')}). A quiet telephone is soon taken for a healthy ward.",
    )
    for part, what in ((rails.notice, "tells patients"), (rails.privacy, "watches over the records")):
        expect(
            roles_in(
                guard, People.model_construct(roles=[p for p in people.roles if plain(p.role) == plain(part.who)])
            ),
            f"playbook.md, Guardrails: it does not name the {part.who}, who {what} ({part.where('who')}).",
        )


def promise(sentence: str) -> str | None:
    """Return the words of a sentence that promise too much; None if there are none, or they are denied or asked."""
    if sentence.rstrip(" )\"'”*_").endswith("?"):
        return None
    for clause in re.split(r"[;:]| but | although | because ", sentence):
        for pattern in PROMISES:
            match = re.search(rf"\b{pattern}\b", clause, re.IGNORECASE)
            if match and not NOT.search(clause[: match.start()].casefold()):
                return match[0]
        match = WHOLE.search(clause)
        if match and OF_THE_TOOL.search(clause) and not NOT.search(clause.casefold()):
            return match[0]
    return None


OFTEN = {
    24: r"once a day|daily",
    12: r"twice a day|twice daily",
    8: r"three times a day",
    6: r"four times a day",
    4: r"six times a day",
    2: r"every other hour|every second hour",
    1: r"every hour|each hour|hourly|once an hour",
}


def looks_every(hours: float, text: str) -> bool:
    """Return whether a text says that somebody looks so often: every so many hours, or so often a day."""
    said = plain(text)
    if hours in OFTEN and re.search(rf"\b(?:{OFTEN[int(hours)]})\b", said):
        return True
    ways = [re.escape(f"{hours:g}")] + ([WORDS[int(hours) - 1]] if hours in range(1, 13) else [])
    return bool(re.search(rf"(?<!within )(?<![\w.])(?:{'|'.join(ways)})[\s-]*(?:h|hr|hrs|hours?|hourly)\b", said))
