"""Days 0-30, clinicians: a claim turned into patients, and pain points counted. For learning, not for clinical use."""

import math
import re
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, create_model, field_validator

from wardround.grading import Count, Form, NotYet, Positive, Share, Text, expect, graded
from wardround.grading.faults import Waiting, WrongForm
from wardround.grading.pictures import Bars, Lines, Table
from wardround.hospital.claim_sheets import (
    LAST_SHEET,
    THOUSAND,
    Counts,
    Pair,
    Score,
    Setting,
    Sheet,
    counts,
    make_sheet,
)
from wardround.wording import counted, listed, nearest

Number = Annotated[int, Field(ge=1, le=LAST_SHEET)]
Fault = Literal["too low", "too high"]
Amount = Annotated[float, Field(gt=0, le=100_000)]  # of times or minutes; more than a week of any ward holds
LITERACY, PAINS = "literacy.yaml", "pain_points.yaml"
PRACTICE_SHEET = 1  # the one in the brief

# Two decimals are at most .005 from the truth. What is usually taken for a PPV or NPV lies .012 or more from it on each
# sheet, because the generator refuses others (tests/hospital/test_claim_sheets.py). On the sheets 2 to 2000 the answers
# to sheet 1 fit scenarios 1 to 4 on none, 5 and 6 on two, 7 and 8 on 23, and all of them on none.
# On the sheets 1 to 400 right answers with two and with three decimals pass, and 18 usual mix-ups fail on every one.
WITHIN = 0.005
# So near is a right sum that was cut or rounded too far, and no mix-up: those begin at .012.
NEARLY = 0.01
NEARLY_SAID = "That is nearly right: give two decimals, rounded and not cut."
# Alerts in a shift are asked with one decimal (.05, and .01 for a rounded factor). A whole number is as good for a
# ward, so the nearest one passes too; what is usually counted in their place lies .6 or more away.
ONE_DECIMAL = 0.06
# Hours: one decimal, or 1 % for the large ones; minutes that nobody turned into hours are 60 times too many.
HOURS_WITHIN, HOURS_SHARE = 0.051, 0.01
LEAST_DAYS = 5  # a working week; one bad day is what people remember, not what happens
# Two sentences that share more than half of all their words say the same. Of the eight about harm in the solution, the
# example and the other sound answers no two share more than .13; with one word exchanged (101 copies) they share .6 or
# more with the original.
ALIKE = 0.5


def scenario(**keys: Any) -> type[Form]:
    """Return the form of one scenario: its keys, and the sheet. So each is told on as soon as it is filled in."""
    return create_model(
        "Scenario", __base__=Form, sheet=(Number, ...), **{key: (kind, ...) for key, kind in keys.items()}
    )


SCENARIOS = {
    **{n: scenario(**{f"{n}_ppv": Share, f"{n}_npv": Share}) for n in ("ward", "rare", "common", "strict")},
    "alerts": scenario(alerts=Positive, false_alerts=Positive),
    "strict_alerts": scenario(strict_alerts=Positive, strict_false_alerts=Positive),
    "same_auc": scenario(same_auc_keeps=Literal["A", "B"], same_auc_other=Fault, same_auc_patients=Count),
    "higher_auc": scenario(higher_auc_keeps=Literal["C", "D"], higher_auc_other=Fault, higher_auc_patients=Count),
}
KNOWN = {key for form in SCENARIOS.values() for key in form.model_fields}
CASES = ("annoyance", "delay", "temporary harm", "lasting harm", "death")
EXAMPLE = {  # of the form, from a school
    "pain": "The school nurse looks up each child's allergies in three binders.",
    "harm": "A child eats the wrong snack before the right binder is found.",
}


class Point(Form):
    """One pain point."""

    workflow: Literal["documentation", "triage", "follow-up", "imaging backlog", "other"]
    pain: Text
    minutes_of: Text
    times_a_week: Amount
    minutes: Amount
    hours_a_week: Positive
    source: Literal["counted", "system report", "incident reports", "survey", "estimate", "invented"]
    days: Count
    harmed: Text
    harm: Text
    worst_case: Literal["annoyance", "delay", "temporary harm", "lasting harm", "death"]
    first_remedy: Text
    kind_of_remedy: Literal["owner", "shifts", "checklist", "record", "training", "stop", "AI"]

    @field_validator("workflow", mode="before")
    @classmethod
    def _any_work_has_a_word(cls, value: Any) -> Any:
        words = get_args(cls.model_fields["workflow"].annotation)
        if isinstance(value, str) and value.strip() and not nearest(value, words):
            raise ValueError(
                f"workflow is `{cut(value.strip())}`. Write `workflow: other`; what it is stands in your pain. The "
                f"other words are {listed(words[:-1])}."
            )
        return value

    @field_validator("kind_of_remedy", mode="before")
    @classmethod
    def _a_form_is_a_checklist(cls, value: Any) -> Any:
        return "checklist" if isinstance(value, str) and value.strip().casefold() == "form" else value


class PainPoints(Form):
    """The whole list."""

    ranked_by: Literal["hours", "worst_case"]
    points: list[Point]


def answers(document, name, right=()):
    """Return one scenario's answers; a misspelled key is told as one.

    While the scenario is still to do, what is `right` so far is said as well.
    """
    there = document(LITERACY, {}, others=True)
    form = SCENARIOS[name]
    for key in there:
        meant = nearest(key, set(form.model_fields) - set(there))
        if key not in KNOWN and meant:
            where = there.where(key)
            raise WrongForm(f"{where}: there is a key {key}, but {meant} is expected. Rename it: `{meant}: …`.")
    try:
        return document(LITERACY, form, others=True)
    except Waiting as waiting:
        if not right:
            raise
        raise Waiting(f"right so far: {listed(right)}. {waiting.sentence}") from None


def sheet_of(document) -> Sheet:
    """Return the sheet that the form names."""
    return make_sheet(document(LITERACY, scenario(), others=True).sheet)


def pains(document):
    """Return pain_points.yaml with its two or three points."""
    form = document(PAINS, PainPoints)
    if not 2 <= len(form.points) <= 3:
        have = counted(len(form.points), "point")
        mend = (
            "Begin each point with `- workflow:`." if len(form.points) < 2 else "Keep those with which you would begin."
        )
        raise WrongForm(f"{form.where('points')}: this holds {have}; expected two or three. {mend}")
    for n, point in enumerate(form.points, start=1):
        for key in ("pain", "minutes_of", "harmed", "harm", "first_remedy"):
            found = PRIVATE.search(getattr(point, key))
            if found:
                raise WrongForm(
                    f"{point.where(key)}: point {n} says `{found[0]}`. With a room, a date or a name somebody can tell "
                    "who the patient is. Say what kind of place, time or person it is: a single room, a Sunday night, "
                    "a patient after surgery."
                )
    return form


# A room or bed with its number, a date, and a name after its title. "Leave the room 5 times" and "to bed 30 minutes
# late" are no such thing: a room that has a number has no article, and what is counted has a unit. Nor is "ward 3B".
PRIVATE = re.compile(
    r"(?i:(?<!\bthe )(?<!\ba )(?<!\bper )(?<!\beach )(?<!\bevery )(?<!\bone )(?<!\bany )(?<!\bto )"
    r"\b(?:room|bed)s? (?:no\.? ?|number |nr\.? ?|# ?)?\d{1,4}[A-Za-z]?\b"
    r"(?! ?(?:%|x\b|times\b|min|hour|h\b|day|week|month|year|or more|to \d)))"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d\b"
    r"|\b(?:Mrs?|Ms)\b\.? [A-Z]\w+"
)


def first_match(got: float, taken: dict[str, float], within: float) -> str:
    """Return what a wrong number was probably taken from, as the beginning of a sentence; "" if nothing fits."""
    return next((text for text, value in taken.items() if abs(got - value) <= within + 1e-9), "")


# PPV and NPV ------------------------------------------------------------------------------------------------------


@graded(
    points=25,
    hint="Imagine 1,000 patients of that place. How many are ill, how many of them ring? And of the others?",
)
def test_predictive_values_fit_the_place(document, show):
    """PPV and NPV fit each place, not the maker's study"""
    sheet = sheet_of(document)
    places = places_of(sheet)
    right: list[str] = []
    for name, (where, prevalence, setting) in places.items():
        form = answers(document, name, right)
        at = counts(prevalence, setting)
        others = [(n, counts(p, s)) for n, (_, p, s) in places.items() if n != name]
        for value in ("ppv", "npv"):
            key, wanted = f"{name}_{value}", getattr(at, value)
            got = getattr(form, key)
            if abs(got - wanted) <= WITHIN + 1e-9:
                right.append(key)
                continue
            expect(
                sheet.number == PRACTICE_SHEET or not is_of_the_practice_sheet(form, name),
                f"{form.where('sheet')}: the form is for sheet {sheet.number}, but {name}_ppv and {name}_npv are those "
                f"of sheet {PRACTICE_SHEET}. Print yours with `wardround sheet {sheet.number}`: it has other numbers.",
            )
            expect(abs(got - wanted) >= NEARLY, f"{form.where(key)}: {key} is {got:g}. {NEARLY_SAID}")
            ill = round(THOUSAND * prevalence / 100)
            show(
                Table(
                    f"1,000 patients of {where}, {setting_name(name)} setting: fill the four cells marked ?",
                    ("", "ill", "not ill", "together"),
                    (("alarm", "?", "?", ""), ("no alarm", "?", "?", ""), ("together", ill, THOUSAND - ill, THOUSAND)),
                )
            )
            taken = ppv_taken(at, sheet, setting) if value == "ppv" else npv_taken(at, sheet, setting, prevalence)
            taken |= {f"that is the {value.upper()} of scenario {NUMBERS[n]}": getattr(c, value) for n, c in others}
            said = first_match(got, taken, WITHIN)
            expect(said or got != round(wanted, 1), f"{form.where(key)}: {key} is {got:g}. {NEARLY_SAID}")
            tail = f"; {said}. " if said else misfit(form)
            raise NotYet(
                f"{form.where(key)}: {key} is {got:g}{tail}Of 1,000 patients of {where}, {ill} are ill. {READS[value]}"
            )
    for name, (where, prevalence, setting) in places.items():
        show(whole(f"1,000 patients of {where}, {setting_name(name)} setting", counts(prevalence, setting)))


def misfit(form: Form) -> str:
    """Say that a number fits nothing on the sheet, and where the form names its sheet."""
    return f", which does not fit sheet {form.sheet} (your sheet is named in {form.where('sheet').split(', ')[-1]}). "


def is_of_the_practice_sheet(form: Form, name: str) -> bool:
    """Whether both answers to one of scenarios 1 to 4 are those of the sheet in the brief."""
    _, prevalence, setting = places_of(make_sheet(PRACTICE_SHEET))[name]
    at = counts(prevalence, setting)
    return all(abs(getattr(form, f"{name}_{value}") - getattr(at, value)) <= WITHIN for value in ("ppv", "npv"))


NUMBERS = {"ward": 1, "rare": 2, "common": 3, "strict": 4}
READS = {
    "ppv": (
        "The PPV looks at all who have an alarm: which part of them is ill? It tells a nurse how often she comes for "
        "nothing."
    ),
    "npv": (
        "The NPV looks at all who have no alarm: which part of them is not ill? It tells a nurse what silence is worth."
    ),
}


def places_of(sheet: Sheet) -> dict[str, tuple[str, int, Setting]]:
    """Return scenarios 1 to 4: name -> (place, prevalence in percent, setting)."""
    topic = sheet.topic
    return {
        "ward": ("your ward", sheet.ward, sheet.usual),
        "rare": (f"the {topic.rare}", sheet.rare, sheet.usual),
        "common": (f"the {topic.common}", sheet.common, sheet.usual),
        "strict": ("your ward", sheet.ward, sheet.strict),
    }


def setting_name(name: str) -> str:
    """Return how the sheet calls a scenario's setting."""
    return "stricter" if name == "strict" else "usual"


def ppv_taken(at: Counts, sheet: Sheet, setting: Setting) -> dict[str, float]:
    """Return what is often written for a PPV, and its value here."""
    return {
        "that is the sensitivity, which looks at the ill and not at the alarms": setting.sensitivity / 100,
        f"that is the maker's PPV, from a hospital where {sheet.studied} of 100 are ill": sheet.claimed_ppv,
        "that is the NPV": at.npv,
        "that is the share of the alarms that are false": 1 - at.ppv,
        "that is a share of all patients, with an alarm or without": at.found / THOUSAND,
        "that is the share of all patients of whom the alert is right": (at.found + at.in_peace) / THOUSAND,
        "that is the specificity": setting.specificity / 100,
        "that is the false alarms for one right one": at.false_alarms / at.found,
    }


def npv_taken(at: Counts, sheet: Sheet, setting: Setting, prevalence: int) -> dict[str, float]:
    """Return what is often written for an NPV, and its value here."""
    return {
        "that is the specificity, which looks at the well and not at the silence": setting.specificity / 100,
        "that is the share of all patients who are not ill, with an alarm or without": 1 - prevalence / 100,
        "that is the PPV": at.ppv,
        "that is the share of the patients without an alarm who are ill all the same": 1 - at.npv,
        "that is the sensitivity": setting.sensitivity / 100,
        "that is the share of all patients of whom the alert is right": (at.found + at.in_peace) / THOUSAND,
        "that is a share of all patients, with an alarm or without": at.in_peace / THOUSAND,
    }


def whole(title: str, at: Counts) -> Table:
    """Return the four cells with their sums."""
    ill, well = at.found + at.missed, at.false_alarms + at.in_peace
    rows = (
        ("alarm", at.found, at.false_alarms, at.alarms),
        ("no alarm", at.missed, at.in_peace, at.missed + at.in_peace),
        ("together", ill, well, ill + well),
    )
    return Table(title, ("", "ill", "not ill", "together"), [(row[0], *(round(n, 1) for n in row[1:])) for row in rows])


# Alerts in a shift ------------------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="From scenarios 1 and 4 you know how many of 1,000 ring. How many is that for the patients of one shift?",
)
def test_alerts_count_the_false_ones(document, show):
    """Alerts in a shift are all that ring, right and false"""
    sheet = sheet_of(document)
    right: list[str] = []
    for begin, setting, name in (("", sheet.usual, "usual"), ("strict_", sheet.strict, "stricter")):
        form = answers(document, f"{begin}alerts", right)
        shift = counts(sheet.ward, setting, sheet.patients)
        ill = sheet.patients * sheet.ward / 100
        in_beds, in_100 = counts(sheet.ward, setting, sheet.beds), counts(sheet.ward, setting, 100)
        for key, wanted, taken in (
            (
                f"{begin}alerts",
                shift.alarms,
                {
                    "those are the right alarms alone": shift.found,
                    "those are the false alarms alone": shift.false_alarms,
                    "those are the alarms of a whole day": shift.alarms * sheet.shifts,
                    f"those are the alarms of {sheet.beds} beds, but {sheet.patients} are taken": in_beds.alarms,
                    "those are the alarms of 100 patients": in_100.alarms,
                    "those are the alarms of 1,000 patients": 10 * in_100.alarms,
                    "that is the share of the patients who ring, not their number": in_100.alarms / 100,
                    "those are all who are ill, found or not": ill,
                },
            ),
            (
                f"{begin}false_alerts",
                shift.false_alarms,
                {
                    "those are all alarms": shift.alarms,
                    "those are the right alarms": shift.found,
                    "those are the missed patients": shift.missed,
                    "those are the false alarms of a whole day": shift.false_alarms * sheet.shifts,
                    f"those are the false alarms of {sheet.beds} beds, but {sheet.patients} are taken": (
                        in_beds.false_alarms
                    ),
                    "those are the false alarms of 100 patients": in_100.false_alarms,
                    "those are the false alarms of 1,000 patients": 10 * in_100.false_alarms,
                    "that is a share of the patients, not their number": in_100.false_alarms / 100,
                    "those are all who are left in peace": shift.in_peace,
                },
            ),
        ):
            got = getattr(form, key)
            if agrees(got, wanted):
                right.append(key)
                continue
            show(
                Table(
                    f"{sheet.patients} patients of one shift, on average, {name} setting: fill the four cells marked ?",
                    ("", "ill", "not ill", "together"),
                    (
                        ("alarm", "?", "?", ""),
                        ("no alarm", "?", "?", ""),
                        ("together", round(ill, 1), round(sheet.patients - ill, 1), sheet.patients),
                    ),
                )
            )
            said = next((text for text, value in taken.items() if agrees(got, value)), "")
            expect(
                said or not cut_off(got, wanted),
                f"{form.where(key)}: {key} is {got:g}. That is nearly right: give one decimal, rounded and not cut, or "
                "the nearest whole number.",
            )
            tail = f"; {said}. " if said else misfit(form)
            raise NotYet(
                f"{form.where(key)}: {key} is {got:g}{tail}In a shift {sheet.patients} patients are scored, and of 100 "
                f"such patients {sheet.ward} are ill. {WHO_RINGS[key.removeprefix(begin)]}"
            )
    for setting, name in ((sheet.usual, "usual"), (sheet.strict, "stricter")):
        shift = counts(sheet.ward, setting, sheet.patients)
        show(whole(f"{sheet.patients} patients of one shift, on average, {name} setting", shift))


WHO_RINGS = {
    "alerts": "Add the ill who ring and the others who ring: somebody has to walk to each of them.",
    "false_alerts": "Count those who ring although nothing happens to them: that is what wears a ward out.",
}


def agrees(got: float, wanted: float) -> bool:
    """Whether a number of alerts is right with one decimal, or as the nearest whole number."""
    return abs(got - wanted) <= ONE_DECIMAL or (got == round(got) and abs(got - wanted) <= 0.5 + 1e-9)


def cut_off(got: float, wanted: float) -> bool:
    """Whether a number of alerts is the right one, cut to a whole number or a tenth off."""
    return got == math.floor(wanted) > 0 or abs(got - wanted) <= 2 * ONE_DECIMAL


# Which score keeps the line ---------------------------------------------------------------------------------------


@graded(
    points=15,
    hint="Go down each table row by row: is what the score says on the same side of your line as what happened?",
)
def test_the_score_that_keeps_the_line(document, show):
    """The score that keeps your line is chosen, whatever its AUC"""
    sheet = sheet_of(document)
    pairs = {"same_auc": sheet.same_auc, "higher_auc": sheet.higher_auc}
    right: list[str] = []
    for name, pair in pairs.items():
        said = wrong_choice(answers(document, name, right), name, pair, sheet.line)
        if said:
            for picture in curves(pair, sheet.line):
                show(picture)
            raise NotYet(said)
        right += [f"{name}_{part}" for part in ("keeps", "other", "patients")]
    for pair in pairs.values():
        for picture in curves(pair, sheet.line):
            show(picture)


def wrong_choice(form: Form, name: str, pair: Pair, line: int) -> str:
    """Say what is wrong with the three answers about two scores; "" if nothing is."""
    keeps, other, patients = (getattr(form, f"{name}_{part}") for part in ("keeps", "other", "patients"))
    faulty = next(score for score in pair.scores if score.name != pair.sound)
    if keeps != pair.sound:
        why = (
            f"Its AUC of {faulty.auc:.2f} says how well it puts patients into order, not whether the risk that it says "
            "comes true."
            if name == "higher_auc"
            else "The AUC is the same because the order is. What each risk is worth stands in the last column."
        )
        return (
            f"{form.where(f'{name}_keeps')}: {name}_keeps is {keeps}, but {keeps} puts patients on the other side of "
            f"your line of {line} % than what happened to them. {why} At the line it decides who is seen by a doctor."
        )
    if other != pair.fault:
        return (
            f"{form.where(f'{name}_other')}: {name}_other is {other}. Look at the patients whom {faulty.name} puts "
            f"on the wrong side of your line of {line} %: what does it say, and what happened? Too low leaves ill "
            "patients alone, too high calls a doctor for nothing."
        )
    if patients != pair.patients:
        said = patients_taken(patients, faulty, line)
        return (
            f"{form.where(f'{name}_patients')}: {name}_patients is {patients}{f'; {said}' if said else ''}. Count all "
            f"patients of the rows in which what {faulty.name} says and what happened lie on two sides of your line of "
            f"{line} %. For so many people the score decides wrongly."
        )
    return ""


def patients_taken(got: int, score: Score, line: int) -> str:
    """Return what a wrong number of patients was probably counted from; "" if nothing fits."""
    wrong, above = score.wrong_side(line), sum(group.patients for group in score.groups if group.said >= line)
    everybody = sum(group.patients for group in score.groups)
    if len(wrong) > 1 and got in {group.patients for group in wrong}:
        return "that is one row of several"
    taken = {
        "those are the ones to whom it happened": sum(group.ill for group in wrong),
        "those are all whom the score puts at or above the line": above,
        "those are all whom it puts below the line": everybody - above,
        "those are all patients of the table": everybody,
        "those are the rows, not the patients in them": len(wrong),
    }
    return first_match(got, taken, 0)


def curves(pair: Pair, line: int) -> list[Lines]:
    """Return what each score says beside what happened, group by group."""
    if all(a.patients == b.patients and a.ill == b.ill for a, b in zip(*(s.groups for s in pair.scores), strict=True)):
        named = [(f"Scores {pair.scores[0].name} and {pair.scores[1].name}", pair.scores)]
    else:
        named = [(f"Score {score.name}", (score,)) for score in pair.scores]
    found = []
    for title, scores in named:
        groups = scores[0].groups
        lines = {"it happened to": [round(100 * group.ill / group.patients, 1) for group in groups]}
        lines |= {f"{score.name} says": [group.said for group in score.groups] for score in scores}
        rows = range(1, len(groups) + 1)
        found.append(Lines(title, rows, lines, unit="%", limits={"your line": line}, x_name="row of the table"))
    return found


# Pain points ------------------------------------------------------------------------------------------------------


@graded(points=15, hint="Times a week, times the minutes of each, divided by 60. And who counted, for how long?")
def test_hours_follow_from_a_count(document, show):
    """Minutes times frequency make the hours, from a count"""
    form = pains(document)
    show(Bars("Hours a week, from times and minutes", bars_of(form), unit="hours"))
    for n, point in enumerate(form.points, start=1):
        hours = point.times_a_week * point.minutes / 60
        got = point.hours_a_week
        if not near_hours(got, hours):
            taken = {
                "those are the minutes": 60 * hours,
                "that is one day of the seven": hours / 7,
                "that is seven times too much": 7 * hours,
                "those are four weeks": 4 * hours,
                "that is a year": 52 * hours,
                f"that looks like {int(hours)} hours and {60 * (hours % 1):.0f} minutes, but a tenth of an hour is 6": (
                    int(hours) + round(60 * (hours % 1)) / 100
                ),
            }
            said = first_match(got, taken, HOURS_WITHIN)
            raise NotYet(
                f"{point.where('hours_a_week')}: point {n} has {got:g} hours a week{f'; {said}' if said else ''}. "
                f"{point.times_a_week:g} times of {point.minutes:g} minutes make {hours:.1f} hours. A committee "
                "recounts the first number it sees, and believes the rest accordingly."
            )
        expect(
            point.source != "estimate",
            f"{point.where('source')}: point {n} rests on an estimate. That is honest, and where a count begins: make "
            "strokes on a card for a week, or ask for a report. Then write which of the sources it is.",
        )
        expect(
            point.days >= LEAST_DAYS,
            f"{point.where('days')}: point {n} was looked at for {point.days} day{'s' if point.days != 1 else ''}; "
            f"expected {LEAST_DAYS} or more, from the first to the last. A single day is often the bad one that made "
            "you count.",
        )


def bars_of(form: PainPoints) -> dict[str, float]:
    """Return the hours of each point, from its own times and minutes."""
    return {f"{n} {p.workflow}": round(p.times_a_week * p.minutes / 60, 1) for n, p in enumerate(form.points, start=1)}


def near_hours(got: float, hours: float) -> bool:
    """Whether stated hours are right with one decimal, or within 1 % (or as a whole number, from ten hours on)."""
    apart = abs(got - hours)
    return apart <= max(HOURS_WITHIN, HOURS_SHARE * hours) or (got == round(got) and hours >= 10 and apart <= 0.5)


AI_WORDS = re.compile(
    r"\b(?P<word>A\.?I\.?|artificial intelligence|machine learning|deep learning|neural net\w*|language models?|LLMs?|"
    r"chatgpt|gpt-?\d\S*|chatbots?|copilot)(?!\w)",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(no|not|non|never|without|before|instead of|rather than|other than)\W+(\w+\W+){0,2}$", re.I)


@graded(
    points=15,
    hint="Ask of each pain: what would be left of it if one person were named for it, or if the form were shorter?",
)
def test_a_remedy_without_ai_comes_first_somewhere(document):
    """At least one pain has a first remedy that needs no AI"""
    form = pains(document)
    for n, point in enumerate(form.points, start=1):
        where, text = point.where("first_remedy"), point.first_remedy
        expect(
            len(text.split()) >= 3,
            f"{where}: the first remedy of point {n} is `{cut(text)}`. Write who does what: somebody has to begin on "
            "Monday.",
        )
        found = named_ai(text)
        expect(
            point.kind_of_remedy == "AI" or not found,
            f"{where}: the first remedy of point {n} speaks of {found}, but its kind is {point.kind_of_remedy}. If AI "
            "is the remedy, write `kind_of_remedy: AI`. If it is not, say what is done in its place, without the word.",
        )
        again = next((m for m, p in enumerate(form.points[: n - 1], 1) if alike(p.first_remedy, text)), None)
        expect(
            again is None,
            f"{where}: points {again} and {n} have the same first remedy. If one act mends both, it is one pain: join "
            "them, or say what is done differently in each place.",
        )
    without = [point for point in form.points if point.kind_of_remedy != "AI"]
    expect(
        without,
        f"{form.where('points', 0, 'kind_of_remedy')}: AI is the first remedy of every point. Begin one at "
        "least without it: with an owner, another shift, a shorter form. A tool that is laid over work which nobody "
        "owns sorts mail for nobody.",
    )


def named_ai(text: str) -> str:
    """Return the word by which a remedy names AI; "" if it does not, or only to rule it out."""
    for match in AI_WORDS.finditer(text):
        if match["word"].casefold() == "ai" and match["word"] != "AI":
            continue
        if not DENIED.search(text[: match.start()]):
            return match["word"]
    return ""


@graded(points=15, hint="Who lies in bed, or waits at home, when this goes wrong? Say it of each pain by itself.")
def test_each_pain_harms_somebody_of_its_own(document):
    """Each pain has a harm of its own, in the order you state"""
    form = pains(document)
    for n, point in enumerate(form.points, start=1):
        for key, asked in (("pain", "what hurts"), ("harm", "what happens to them")):
            said = getattr(point, key)
            expect(
                not alike(said, EXAMPLE[key]),
                f"{point.where(key)}: the {key} of point {n} is the form's own example, from a school. Write one of "
                "yours: somebody who knows your ward has to recognize it.",
            )
            expect(
                len(said.split()) > 1,
                f"{point.where(key)}: the {key} of point {n} is `{cut(said)}`. Say in a sentence {asked}: nobody can "
                "mend a single word.",
            )
        for m, before in enumerate(form.points[: n - 1], start=1):
            expect(
                words_of(before.harmed) != words_of(point.harmed),
                f"{point.where('harmed')}: points {m} and {n} harm the same people, `{cut(point.harmed)}`. Say of each "
                "who it is: those who wait for what, with which illness? Whom a remedy reaches can then be seen.",
            )
            expect(
                not alike(before.harm, point.harm),
                f"{point.where('harm')}: points {m} and {n} do the same harm, in nearly the same words. What happens "
                f"to `{cut(point.harmed)}` that does not happen to `{cut(before.harmed)}`?",
            )
        expect(
            not alike(point.pain, point.harm),
            f"{point.where('harm')}: the harm of point {n} says its pain once more. Write what comes of it for "
            f"`{cut(point.harmed)}`.",
        )
    for (n, first), second in zip(enumerate(form.points, start=1), form.points[1:], strict=False):
        if form.ranked_by == "hours":
            one, two = f"{first.hours_a_week:g} hours", f"{second.hours_a_week:g} hours"
            right = first.hours_a_week >= second.hours_a_week
        else:
            one, two = first.worst_case, second.worst_case
            right = CASES.index(one) >= CASES.index(two)
        if not right:
            raise NotYet(
                f"{form.where('ranked_by')}: the points are ranked by {form.ranked_by}, but point {n} ({one}) stands "
                f"above point {n + 1} ({two}). Exchange them, or rank them by the other rule. Whoever reads it begins "
                "on top.",
                hint="",
            )


def cut(text: str) -> str:
    """Return a learner's text, shortened so that a message stays one that can be read."""
    return text if len(text) <= 60 else f"{text[:57].rstrip()}..."


SMALL_WORDS = frozenset(
    ("a", "an", "the", "all", "our", "my", "their", "and", "or", "of", "in", "on", "at", "to", "for", "with")
)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning, without a plural's s."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return frozenset(word.removesuffix("s") for word in words if word not in SMALL_WORDS) or frozenset(words)


def alike(one: str, two: str) -> bool:
    """Whether two sentences say the same in nearly the same words."""
    a, b = words_of(one), words_of(two)
    return len(a & b) > ALIKE * len(a | b)
