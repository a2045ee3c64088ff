"""Days 61-90, life scientists: a trial copied from records, published. For learning, not for clinical use."""

import functools
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from wardround.grading import (
    NotYet,
    expect,
    expect_columns,
    expect_number,
    expect_one_row_each,
    expect_unchanged,
    graded,
)
from wardround.grading.forms import Count, Form, Share, Text
from wardround.hospital import build
from wardround.hospital.registry import RECORDED
from wardround.wording import counted, listed, nearest

PRACTICE_SEED = 1  # results and post are about this registry, whatever other seeds are graded
SITES = ("north", "south")
Tables = dict[str, pd.DataFrame]
COLUMNS = ["age", "female", "deprivation", "severity", "egfr"]
CALL_COHORT = "cohort(tables, protocol)"
CALL_FOLLOW = "follow(rows, tables, protocol)"
CALL_ESTIMATE = "estimate(rows, protocol, seed)"
CALL_CONCLUDE = "conclude(result, protocol)"
CALL_ANALYZE = "analyze(tables, protocol, seed)"

# Seeds 1 to 60 of this file, each the mean of three registries (some 2,620 patients a clinic, 365 days). Off the truth,
# and the control, which is 0 in truth: mean, s.d., furthest from what is sought.
#                                          effect at north       control at north      control at south
#   inverse probability weights (solution)  -.001, .009, -.025    .001, .009, -.021     -.064, .007, -.046
#   doubly robust                           -.001, .008, -.024    .001, .009, -.019     -.064, .007, -.046
#   ten strata of the propensity score       .003, .008,  .022    .003, .009, -.018     -.062, .007, -.046
#   nothing adjusted, or age and sex only    .090, .008           .059, .008            -.010, .009
FRESH = 3  # registries in sum, so that one unlucky one decides nothing
OFF_TRUTH = 0.045  # margins: 5 s.d. from the strata and from the weights, 5.5 from nothing adjusted
OFF_NULL = 0.045  # of the control at north; 5 s.d. from the weights
WARNING = -0.03  # of the control at south; 4.5 s.d. from the strata

EFFECT_KEYS = ("risk_treated", "risk_untreated", "effect", "low", "high", "control", "control_low", "control_high")
COUNT_KEYS = ("patients", "treated")
REASONS = ("age", "record", "washout", "baseline")
CONCLUSIONS = ("confounded", "no difference shown", "cannot tell", "lower risk", "higher risk")


# The protocol --------------------------------------------------------------------------------------------------------


class Eligibility(Form):
    """Who is in."""

    age_from: Annotated[int, Field(ge=18, le=75)]
    record_days: Annotated[int, Field(ge=180, le=730)]
    washout_days: Annotated[int, Field(ge=180, le=730)]
    baseline_days: Annotated[int, Field(ge=30, le=365)]

    @model_validator(mode="after")
    def _seen(self) -> "Eligibility":
        for key in ("washout_days", "baseline_days"):
            if getattr(self, key) > self.record_days:
                raise ValueError(
                    f"{key} is {getattr(self, key)}, but record_days asks for {self.record_days} days of records only; "
                    "what lies before the record begins cannot be seen. Make one longer or the other shorter."
                )
        return self


class Strategies(Form):
    """The two groups."""

    treated: Text
    untreated: Text


class Assignment(Form):
    """How people came into the groups."""

    by: Literal["lot", "doctor"]
    adjusted_for: list[Literal["age", "female", "deprivation", "severity", "egfr"]]
    later_starters: Literal["treated", "untreated", "left out"]


class Outcome(Form):
    """What is counted."""

    event: Literal["death", "stroke"]
    control: Literal["death", "stroke", "fracture"]


class FollowUp(Form):
    """For how long."""

    days: Annotated[int, Field(ge=365, le=730)]


class Contrast(Form):
    """What is compared."""

    measure: Literal["risk difference", "risk ratio"]
    of: Literal["starting the drug", "taking the drug all the time"]


class Protocol(Form):
    """protocol.yaml."""

    question: Text
    eligibility: Eligibility
    strategies: Strategies
    assignment: Assignment
    time_zero: Literal["first clinic visit", "first dispensing", "start of the record", "last clinic visit"]
    outcome: Outcome
    follow_up: FollowUp
    contrast: Contrast
    analysis: Text


WRONG_ZERO = {
    "first dispensing": "who never got the drug has no such day, so the two groups would start at different moments",
    "start of the record": "nobody could start the drug then, and who died before the clinic visit never could",
    "last clinic visit": "it lies after the drug was started, and only those who lived to see it are counted",
}
WRONG_STARTERS = {
    "treated": "they had to live until that day, and the dead had no time to start: immortal time",
    "left out": "that looks into the future, as who dies early can never be left out for starting late",
}


def variants(seed: int, protocol: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the learner's protocol, and one with other numbers."""
    yield protocol
    r = np.random.default_rng([seed, 1])
    record = int(r.integers(420, 700))
    yield protocol | {
        "eligibility": {
            "age_from": int(r.integers(50, 66)),
            "record_days": record,
            "washout_days": int(r.integers(190, record - 10)),
            "baseline_days": int(r.integers(40, 300)),
        }
    }


BY_HAND: dict[str, Any] = {
    "question": "Written by hand.",
    "eligibility": {"age_from": 50, "record_days": 365, "washout_days": 200, "baseline_days": 90},
    "strategies": {"treated": "Starts on that day.", "untreated": "Does not."},
    "assignment": {"by": "doctor", "adjusted_for": COLUMNS, "later_starters": "untreated"},
    "time_zero": "first clinic visit",
    "outcome": {"event": "death", "control": "fracture"},
    "follow_up": {"days": 365},
    "contrast": {"measure": "risk difference", "of": "starting the drug"},
    "analysis": "Weights.",
}


# The registry --------------------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=5)  # those that one grading needs
def registry_of(seed: int) -> Tables:
    """Return the three tables of both clinics, and the truth."""
    hospital = build(seed)
    tables = {name: hospital.public(f"registry_{name}") for name in ("people", "visits", "events")}
    return tables | {"truth": hospital.truth("registry")}


@functools.lru_cache(maxsize=64)
def clinic(seed: int, site: str, share: float = 1.0) -> Tables:
    """Return one clinic's tables as the starter's load() does, or those of some of its patients."""
    registry = registry_of(seed)
    people = registry["people"]
    people = people[people["site"] == site].drop(columns="site")
    people = people.head(round(share * len(people))).reset_index(drop=True)
    tables = {"people": people}
    for name in ("visits", "events"):
        rows = registry[name]
        tables[name] = rows[rows["patient_id"].isin(people["patient_id"])].reset_index(drop=True)
    return tables


def fresh(seed: int) -> range:
    """Return the seeds of the registries that stand for "elsewhere" in a run; none of them is a practice registry."""
    return range(100_000 + FRESH * seed, 100_000 + FRESH * (seed + 1))


ZERO_BY_HAND = pd.Timestamp("2022-03-01")
VISITS_BY_HAND: dict[int, list[tuple[int, str, float, float]]] = {
    # patient: (day after time zero, place, severity, egfr)
    301: [(-30, "practice", 12, 66), (0, "clinic", 14, 70), (30, "clinic", 8, 72)],
    302: [(-20, "practice", 11, 66), (0, "clinic", np.nan, np.nan), (12, "clinic", 5, 80)],
    303: [(-90, "practice", 17, 51), (0, "clinic", np.nan, np.nan)],
    304: [(0, "clinic", 10, 77)],
    305: [(0, "clinic", 9, 81)],
    306: [(-91, "practice", 16, 60), (0, "clinic", np.nan, 61), (9, "clinic", 12, 58)],
    307: [(0, "clinic", 15, 64)],
    308: [(0, "clinic", 13, 90)],
    309: [(-60, "practice", 18, np.nan), (-10, "practice", np.nan, 55), (0, "clinic", np.nan, np.nan)],
    310: [(-200, "practice", 6, 88), (0, "clinic", 7, 85), (200, "clinic", 20, 40)],
    311: [(0, "clinic", 21, 33), (3, "clinic", 16, 35)],
}
EVENTS_BY_HAND = [
    # patient, day after time zero, kind
    *[(301, 0, "drug A"), (302, 40, "drug A"), (302, 100, "drug A"), (303, -201, "drug A"), (303, 0, "drug A")],
    *[(305, -200, "drug A"), (305, 0, "drug A"), (307, 0, "drug A"), (308, 0, "drug B"), (309, 0, "drug A")],
    *[(310, 1, "drug A"), (311, 0, "drug A"), (301, 365, "death"), (302, 366, "death"), (303, 1, "death")],
    *[(311, 9, "death"), (308, 0, "fracture"), (309, -5, "fracture"), (310, 40, "fracture"), (310, 90, "fracture")],
    *[(311, 5, "stroke"), (304, 0, "stroke"), (307, 400, "stroke"), (301, 366, "fracture"), (303, -300, "stroke")],
]
RECORD_BY_HAND = {303: 365, 304: 364}
BORN_BY_HAND = {307: 1973, 308: 1972}


def by_hand() -> Tables:
    """Return a registry written by hand, in no order; time zero is 2022-03-01 for everybody."""
    ids = list(VISITS_BY_HAND)
    start = [ZERO_BY_HAND - pd.Timedelta(days=RECORD_BY_HAND.get(i, 900)) for i in ids]
    people = pd.DataFrame(
        {
            "patient_id": ids,
            "born": [BORN_BY_HAND.get(i, 1955) for i in ids],
            "female": [i % 2 == 0 for i in ids],
            "deprivation": [1 + i % 5 for i in ids],
            "record_start": pd.Series(start, dtype="datetime64[us]"),
        }
    )
    seen = [(i, *row) for i, rows in VISITS_BY_HAND.items() for row in rows]
    visits = pd.DataFrame(seen, columns=["patient_id", "day", "place", "severity", "egfr"])
    events = pd.DataFrame(EVENTS_BY_HAND, columns=["patient_id", "day", "kind"])
    tables = {"people": people}
    for name, table, columns in (("visits", visits, ["place", "severity", "egfr"]), ("events", events, ["kind"])):
        table["date"] = (ZERO_BY_HAND + pd.to_timedelta(table["day"], unit="D")).astype("datetime64[us]")
        tables[name] = table[["patient_id", "date", *columns]]
    return {name: table.sample(frac=1, random_state=4).reset_index(drop=True) for name, table in tables.items()}


def reference(tables: Tables, protocol: dict[str, Any]) -> pd.DataFrame:
    """Return the cohort as the protocol defines it, one row per patient, indexed by patient_id."""
    rules, visits, events = protocol["eligibility"], tables["visits"], tables["events"]
    zero = visits[visits["place"] == "clinic"].groupby("patient_id")["date"].min()
    rows = tables["people"].set_index("patient_id").join(zero.rename("time_zero"), how="inner").sort_index()
    rows["age"] = rows["time_zero"].dt.year - rows["born"]
    drug = events[events["kind"] == "drug A"]
    before = (drug["patient_id"].map(zero) - drug["date"]).dt.days
    rows["treated"] = rows.index.isin(drug["patient_id"][before == 0])
    used = rows.index.isin(drug["patient_id"][(before >= 1) & (before <= rules["washout_days"])])
    old = (visits["patient_id"].map(zero) - visits["date"]).dt.days
    recent = visits[(old >= 0) & (old <= rules["baseline_days"])].sort_values("date")
    rows = rows.join(recent.groupby("patient_id")[["severity", "egfr"]].last())
    record = (rows["time_zero"] - rows["record_start"]).dt.days
    unknown = rows["severity"].isna() | rows["egfr"].isna()
    failed = [rows["age"] < rules["age_from"], record < rules["record_days"], used, unknown]
    return rows.assign(left_out=np.select(failed, REASONS, ""), record=record)


def followed(rows: pd.DataFrame, tables: Tables, protocol: dict[str, Any]) -> pd.DataFrame:
    """Add outcome and control to a reference cohort."""
    events = tables["events"]
    day = (events["date"] - events["patient_id"].map(rows["time_zero"])).dt.days
    seen = events[(day >= 1) & (day <= protocol["follow_up"]["days"])]
    kinds = {"outcome": protocol["outcome"]["event"], "control": protocol["outcome"]["control"]}
    had = {name: rows.index.isin(seen["patient_id"][seen["kind"] == kind]) for name, kind in kinds.items()}
    return rows.assign(**had)


def handed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return reference rows as the learner's functions get them: who is in, in no order."""
    rows = rows[rows["left_out"] == ""].reset_index()
    columns = ["patient_id", "time_zero", "treated", "left_out", *COLUMNS, "outcome", "control"]
    return rows[[c for c in columns if c in rows]].sample(frac=1, random_state=7).reset_index(drop=True)


# Time zero -----------------------------------------------------------------------------------------------------------


@graded(points=20, hint="Of every row that you use, ask: is it dated before, on or after that patient's time zero?")
def test_time_zero_agrees(submission, document, seed):
    """Protocol and code start every clock at the same time zero"""
    protocol = document("protocol.yaml", Protocol)
    expect(
        protocol.time_zero == "first clinic visit",
        f"{protocol.where('time_zero')}: time_zero is {protocol.time_zero}, but "
        f"{WRONG_ZERO.get(protocol.time_zero)}. Take the day on which everybody who is in could start the drug.",
    )
    choice = protocol.assignment
    expect(
        choice.by == "doctor",
        f"{choice.where('by')}: assignment by lot was not possible in records; a doctor chose. Say so, or a reader "
        "takes the groups for alike.",
    )
    expect(
        choice.later_starters == "untreated",
        f"{choice.where('later_starters')}: who starts later counts as {choice.later_starters}, but "
        f"{WRONG_STARTERS.get(choice.later_starters)}. Sort everybody by what they did on the day of time zero.",
    )
    groups = protocol.strategies
    expect(
        groups.treated.casefold() != groups.untreated.casefold(),
        f"{groups.where('untreated')}: treated and untreated are the same sentence. Say what each group does on the "
        "day of time zero, or nobody can tell what was compared.",
    )
    check_cohort(submission, by_hand(), BY_HAND, " on patients written by hand")
    for site, rules in zip(("north", "south"), variants(seed, protocol.model_dump()), strict=True):
        where = f' on tables from load({PRACTICE_SEED + seed}, "{site}")'
        check_cohort(submission, clinic(PRACTICE_SEED + seed, site, 0.5), rules, where)


def check_cohort(submission, tables: Tables, protocol: dict[str, Any], where: str) -> None:
    """Compare the learner's cohort with the protocol, patient by patient."""
    call = f"{CALL_COHORT}{where}"
    result, after = submission.cohort.keeping_inputs(tables, protocol)
    if isinstance(after[0], dict):
        for name, before in tables.items():
            expect_unchanged(before, after[0].get(name), call=call, name=f'tables["{name}"]')
    if isinstance(result, pd.DataFrame) and list(result.columns).count("left_out") == 1:
        empty = int(result["left_out"].isna().sum())
        expect(
            empty == 0,
            f'{call} gives {counted(empty, "patient")} a missing left_out; expected "" (text of no letters) for who is '
            "in, and else the reason.",
        )
    kinds = {"patient_id": "id", "time_zero": "time", "treated": "bool", "left_out": "text", "age": "number"}
    got = expect_columns(
        result,
        kinds | {"female": "bool", "deprivation": "number", "severity": "any", "egfr": "any"},
        call=call,
    )
    truth = reference(tables, protocol)
    expect_one_row_each(got["patient_id"], truth.index, call=call, item="patient")
    got = got.set_index("patient_id").loc[truth.index]
    sentences = (
        cohort_fault(name, got, truth, tables, protocol["eligibility"])
        for name in ("time_zero", "treated", "left_out", *COLUMNS)
    )
    for sentence in sentences:
        expect(not sentence, f"{call} {sentence}")


def cohort_fault(name: str, got: pd.DataFrame, truth: pd.DataFrame, tables: Tables, rules: dict[str, int]) -> str:
    """Say what is wrong with a column of the cohort; nothing if it is right."""
    mine, right = got[name].to_numpy(), truth[name].to_numpy()
    if name in COLUMNS:
        mine = pd.to_numeric(pd.Series(mine), errors="coerce").to_numpy(dtype=float)
        wrong = ~(np.abs(mine - right.astype(float)) <= 1e-9) & (truth["left_out"] == "").to_numpy()
    elif name == "time_zero":
        wrong = pd.DatetimeIndex(mine).normalize() != pd.DatetimeIndex(right)
    else:
        wrong = mine != right
    if not wrong.any():
        return ""
    n = int(wrong.argmax())
    patient, row = truth.index[n], truth.iloc[n]
    more = f" ({int(wrong.sum()) - 1:,} more like it)" if wrong.sum() > 1 else ""
    days = [(date - row["time_zero"]).days for date in drug_dates(tables, patient)]
    if name == "time_zero":
        told = (
            f"{pd.Timestamp(mine[n]):%Y-%m-%d}; expected {row['time_zero']:%Y-%m-%d}, the first visit with place clinic"
        )
        why = "A clock that starts on another day in one group gives that group days in which nobody could die."
    elif name == "treated":
        told = f"{bool(mine[n])}, but drug A was dispensed on {days_said(days)}"
        why = "Sort by what was done on the day of time zero. Who is sorted by a later day had to live to see it."
    elif name == "left_out":
        told = f'"{mine[n]}"; expected "{right[n]}": {left_out_why(row, days, rules, tables, patient)}'
        why = (
            "Eligibility is judged on the day of time zero, with what was known by then, and the first reason is given."
        )
    else:
        shown = "none" if np.isnan(mine[n]) else f"{mine[n]:g}"
        told = f"{shown}; expected {float(right[n]):g}{baseline_why(name, mine[n], row, tables, patient)}"
        why = "What comes after time zero may be the drug's own work; to adjust for it hides a part of the effect."
        if name in ("age", "female", "deprivation"):
            why = "Age is the year of time zero minus the year of birth." if name == "age" else "It stands in people."
    return f"gives patient {patient} {name} = {told}.{more} {why}"


def drug_dates(tables: Tables, patient: int) -> list[pd.Timestamp]:
    """Return the days on which a patient got drug A."""
    events = tables["events"]
    return sorted(events.loc[(events["patient_id"] == patient) & (events["kind"] == "drug A"), "date"])


def days_said(days: list[int]) -> str:
    """Say on which days after time zero something happened."""
    if not days:
        return "no day at all"
    shown = f"{listed(days[:4])}{' …' if len(days) > 4 else ''}"
    return f"{'day' if len(days) == 1 else 'days'} {shown}, counted from time zero"


def left_out_why(row: pd.Series, days: list[int], rules: dict, tables: Tables, patient: int) -> str:
    """Say why a patient is in or left out."""
    if row["left_out"] == "age":
        return f"the patient is {row['age']} years old, and age_from is {rules['age_from']}"
    if row["left_out"] == "record":
        return f"the record began {row['record']} days before time zero, and record_days is {rules['record_days']}"
    if row["left_out"] == "washout":
        last = max(day for day in days if day < 0)
        return f"drug A was dispensed {-last} days before time zero, and washout_days is {rules['washout_days']}"
    if row["left_out"] == "baseline":
        gone = [name for name in ("severity", "egfr") if pd.isna(row[name])]
        return f"in the last {rules['baseline_days']} days up to time zero nothing was measured of {listed(gone)}"
    law = listed(f"{key} {value}" for key, value in rules.items())
    return (
        f"{row['age']} years old, {row['record']} days of record, drug A on {days_said(days)}, and both values from "
        f"the last {rules['baseline_days']} days up to time zero, under a protocol with {law}"
    )


def baseline_why(name: str, mine: float, row: pd.Series, tables: Tables, patient: int) -> str:
    """Say where a wrong baseline value comes from, if that can be seen."""
    if name not in ("severity", "egfr"):
        return ""
    visits = tables["visits"]
    own = visits[(visits["patient_id"] == patient) & visits[name].notna()].sort_values("date")
    day = (own["date"] - row["time_zero"]).dt.days
    right = day[day <= 0].max()
    taken = day[(own[name] == mine)]
    later = taken[taken > 0]
    told = f", the last value on or before time zero (day {right:.0f})"
    return f"{told}; yours was measured on day {later.iloc[0]}" if len(later) else told


# Outcome, follow-up, contrast ----------------------------------------------------------------------------------------


class Claim(Form):
    """What the post is about."""

    outcome: Text
    days: int
    measure: Text
    of: Text


class Claimed(Form):
    """The part of results.yaml that says what was estimated."""

    claim: Claim


DIED = {"death": r"\b(deaths?|died?|dies|dying|mortality)\b", "stroke": r"\bstrokes?\b"}


@graded(points=15, hint="Day 1 to day N: look at the first and the last day. Read everything else from protocol.")
def test_outcome_and_follow_up_agree(submission, document, seed):
    """Outcome, follow-up and contrast agree in protocol, code and post"""
    protocol = document("protocol.yaml", Protocol)
    contrast = protocol.contrast
    expect(
        contrast.of == "starting the drug",
        f"{contrast.where('of')}: the contrast is of {contrast.of}, but the groups are sorted by one day, and nobody "
        "who stops or starts later changes sides. What you can estimate is the effect of starting.",
    )
    rules = protocol.model_dump()
    days = int(np.random.default_rng([seed, 2]).integers(380, 700))
    swapped = {"event": "stroke", "control": "death"} if protocol.outcome.event == "death" else BY_HAND["outcome"]
    tables = clinic(PRACTICE_SEED + seed, "north", 0.5)
    for given, law, where in (
        (by_hand(), BY_HAND, " on patients written by hand"),
        (by_hand(), BY_HAND | {"follow_up": {"days": 400}, "outcome": {"event": "stroke", "control": "fracture"}}, ""),
        (tables, rules, ""),
        (tables, rules | {"follow_up": {"days": days}, "outcome": swapped}, ""),
    ):
        check_follow(submission, given, law, where)
    check_measure(submission, rules, seed)
    claim = document("results.yaml", Claimed, others=True).claim
    wanted = {
        "outcome": protocol.outcome.event,
        "days": protocol.follow_up.days,
        "measure": contrast.measure,
        "of": contrast.of,
    }
    for key, value in wanted.items():
        said = getattr(claim, key)
        expect(
            said == value,
            f"{claim.where(key)}: the claim says {key}: {said}, the protocol says {value}. A result that answers "
            "another question than the protocol asked has been chosen after looking.",
        )
    where, text = section(document, "Result")
    expect(
        says_days(text, protocol.follow_up.days),
        f"{where} does not say over how many days ({protocol.follow_up.days}). A risk without its time means nothing.",
    )
    expect(
        re.search(DIED[protocol.outcome.event], text, re.IGNORECASE),
        f"{where} does not say what was counted ({protocol.outcome.event}).",
    )


def says_days(text: str, days: int) -> bool:
    """Whether a text says for how many days was counted; a year or two may be said so."""
    said = rf"(?<![\d.,]){days}(?![\d.]*\d)"
    said += {365: r"|\b(one|a|1|12|twelve)[ -](year|month)", 730: r"|\b(two|2|24)[ -](year|month)"}.get(days, "")
    return re.search(said, text, re.IGNORECASE) is not None


def check_follow(submission, tables: Tables, protocol: dict[str, Any], where: str) -> None:
    """Compare outcome and control with the protocol, patient by patient."""
    truth = followed(reference(tables, protocol), tables, protocol)
    rows = handed(truth.drop(columns=["outcome", "control"]))
    outcome, days = protocol["outcome"], protocol["follow_up"]["days"]
    call = f"{CALL_FOLLOW}{where} with event {outcome['event']}, control {outcome['control']} and {days} days"
    result, after = submission.follow.keeping_inputs(rows, tables, protocol)
    expect_unchanged(rows, after[0], call=CALL_FOLLOW, name="rows")
    got = expect_columns(result, {"patient_id": "id", "outcome": "bool", "control": "bool"}, call=call)
    expect_one_row_each(got["patient_id"], rows["patient_id"], call=call, item="patient")
    got = got.set_index("patient_id").sort_index()
    truth = truth.loc[got.index]
    for column, kind in (("outcome", outcome["event"]), ("control", outcome["control"])):
        wrong = (got[column] != truth[column]).to_numpy()
        if not wrong.any():
            continue
        patient = truth.index[int(wrong.argmax())]
        events = tables["events"]
        dates = events.loc[(events["patient_id"] == patient) & (events["kind"] == kind), "date"]
        had = sorted((date - truth.loc[patient, "time_zero"]).days for date in dates)
        happened = f"a {kind} is recorded on {days_said(had)}" if had else f"no {kind} is recorded at all"
        more = f" ({int(wrong.sum()) - 1:,} more like it)" if wrong.sum() > 1 else ""
        raise NotYet(
            f"{call} gives patient {patient} {column} = {bool(got[column][patient])}, but {happened}; counted are days "
            f"1 to {days}.{more} Who counts other days than the protocol answers a question that nobody asked."
        )


def check_measure(submission, protocol: dict[str, Any], seed: int) -> None:
    """See that the measure is the protocol's: without columns to adjust for it can be counted."""
    tables = clinic(PRACTICE_SEED + seed, "north", 0.2)
    rows = handed(followed(reference(tables, protocol), tables, protocol))
    treated, happened = rows["treated"].to_numpy(), rows["outcome"].to_numpy()
    a, b = happened[treated].mean(), happened[~treated].mean()
    for measure, words, value in (
        ("risk difference", "treated minus untreated", a - b),
        ("risk ratio", "treated divided by untreated", a / b),
    ):
        law = protocol | {
            "contrast": {"measure": measure, "of": "starting the drug"},
            "assignment": protocol["assignment"] | {"adjusted_for": []},
        }
        result = estimated(submission, rows, law, seed)
        expect(
            abs(result["effect"] - value) <= 1e-6,
            f"{CALL_ESTIMATE} with measure {measure} and an empty adjusted_for gives effect = {result['effect']:.4g}; "
            f"expected {value:.4g} ({words}), as {happened[treated].sum()} of {treated.sum()} treated patients had the "
            f"outcome, and {happened[~treated].sum()} of {(~treated).sum()} untreated. Read both from protocol.",
        )


def estimated(submission, rows: pd.DataFrame, protocol: dict[str, Any], seed: int) -> dict[str, float]:
    """Call estimate and return its numbers."""
    result, after = submission.estimate.keeping_inputs(rows, protocol, seed)
    expect_unchanged(rows, after[0], call=CALL_ESTIMATE, name="rows")
    return numbers_of(result, CALL_ESTIMATE)


def numbers_of(result: Any, call: str) -> dict[str, float]:
    """Return the numbers of a result, each finite."""
    forgot = " Does it end with `return`?" if result is None else ""
    if not isinstance(result, dict):
        raise NotYet(f"{call} must return a dict with the keys {listed((*COUNT_KEYS, *EFFECT_KEYS))}.{forgot}", hint="")
    missing = [key for key in (*COUNT_KEYS, *EFFECT_KEYS) if key not in result]
    expect(not missing, lambda: f"{call} returned no {missing[0]}; the brief asks for that key.")
    return {key: expect_number(result[key], call=f'{call}["{key}"]') for key in (*COUNT_KEYS, *EFFECT_KEYS)}


# Running elsewhere ---------------------------------------------------------------------------------------------------

# Half the interval's width, divided by 1.96 standard errors with the weights taken as known; mean of three registries,
# seeds 1 to 60: bootstrap .93 (.86 to 1.01), doubly robust .90 (.80 to 1.00), strata .91 (.83 to .97). One standard
# deviation instead of 1.96 gives half of that, dividing by the root of the draws a tenth.
NARROW, WIDE = 0.7, 1.25


@graded(points=15, hint="Adjust with weights(), draw whole patients, and sort by patient_id before anything is drawn.")
def test_runs_elsewhere(submission, document, seed):
    """It runs on registries it has never seen, in any order, and finds the effect"""
    law = plain_law(document)
    choice = document("protocol.yaml", Protocol).assignment
    forgotten = [name for name in LOOKED_AT if name not in choice.adjusted_for]
    expect(
        not forgotten,
        f"{choice.where('adjusted_for')}: adjusted_for lacks {listed(forgotten)}, though doctors look at "
        f"{'it' if len(forgotten) == 1 else 'them'} before they prescribe. What moves both the choice and the outcome "
        "is adjusted for, whether or not it changes the number.",
    )
    off, widths = [], []
    for other in fresh(seed):
        rows, truth = fresh_rows(other, "north"), worlds(other)
        result = estimated(submission, rows, law, seed)
        counts = {"patients": len(rows), "treated": int(rows["treated"].sum())}
        for key, value in counts.items():
            expect(
                result[key] == value,
                f"{CALL_ESTIMATE} gives {key} = {result[key]:g} for {len(rows):,} rows; expected {value}. A risk "
                "without its right count cannot be judged.",
            )
        expect(
            result["low"] < result["effect"] < result["high"],
            f"{CALL_ESTIMATE} gives effect {result['effect']:.4g} with an interval from {result['low']:.4g} to "
            f"{result['high']:.4g}; expected low < effect < high.",
        )
        mine = truth.loc[rows["patient_id"]]
        off.append(result["effect"] - float((mine["death_with"] <= 365).mean() - (mine["death_without"] <= 365).mean()))
        widths.append((result["high"] - result["low"]) / 2 / half_width(rows))
    expect(
        abs(np.mean(off)) <= OFF_TRUTH,
        f"{CALL_ESTIMATE}: in {FRESH} registries it has never seen, effect is {np.mean(off):+.3f} off the true risk "
        f"difference on average; expected {OFF_TRUTH:g} or less. Doctors give the drug to sicker patients: does "
        "adjusted_for in protocol.yaml name what they look at, do the weights go into each risk, and do they speak of "
        "everybody who is in (not of the treated alone)?",
    )
    expect(
        NARROW <= np.mean(widths) <= WIDE,
        f"{CALL_ESTIMATE}: its intervals are {np.mean(widths):.2f} times as wide as 1.96 standard errors of a weighted "
        f"difference; expected {NARROW:g} to {WIDE:g}. An interval that is too narrow sells chance as knowledge.",
    )
    check_order(submission, clinic(fresh(seed)[0], "south", 0.2), seed)


# What doctors look at. The truth alone would not miss each of them: without one the effect is off by .052 (severity),
# -.010 (age), .002 (deprivation) and .000 (egfr), with all by -.001; means of seeds 1 to 30, s.d. .007.
LOOKED_AT = ("age", "deprivation", "severity", "egfr")
PLAIN = BY_HAND | {"eligibility": {**BY_HAND["eligibility"], "baseline_days": 180, "age_from": 40}}


def plain_law(document) -> dict[str, Any]:
    """Return PLAIN with the columns to adjust for of the learner's protocol."""
    chosen = document("protocol.yaml", Protocol).assignment.adjusted_for
    return PLAIN | {"assignment": PLAIN["assignment"] | {"adjusted_for": list(chosen)}}


@functools.lru_cache(maxsize=32)
def fresh_rows(seed: int, site: str) -> pd.DataFrame:
    """Return who is in at a clinic by PLAIN, with outcome and control."""
    tables = clinic(seed, site)
    return handed(followed(reference(tables, PLAIN), tables, PLAIN))


@functools.lru_cache(maxsize=32)
def worlds(seed: int) -> pd.DataFrame:
    """Return what would have followed with and without the drug, by patient_id."""
    return registry_of(seed)["truth"].set_index("patient_id")


def reference_weights(rows: pd.DataFrame) -> np.ndarray:
    """Return inverse probability weights for all baseline columns."""
    treated = rows["treated"].to_numpy(dtype=float)
    x = rows[COLUMNS].to_numpy(dtype=float)
    x = np.column_stack([np.ones(len(x)), (x - x.mean(axis=0)) / x.std(axis=0)])
    beta = np.zeros(x.shape[1])
    for _ in range(8):
        p = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve((x.T * (p * (1 - p))) @ x, x.T @ (treated - p))
    p = 1 / (1 + np.exp(-x @ beta))
    return np.where(treated == 1, 1 / p, 1 / (1 - p))


def half_width(rows: pd.DataFrame, event: str = "outcome") -> float:
    """Return 1.96 standard errors of a weighted risk difference, the weights taken as known."""
    weight, variance = reference_weights(rows), 0.0
    for group in (rows["treated"].to_numpy(), ~rows["treated"].to_numpy()):
        w, y = weight[group], rows[event].to_numpy(dtype=float)[group]
        variance += float((w**2 * (y - np.average(y, weights=w)) ** 2).sum() / w.sum() ** 2)
    return 1.96 * variance**0.5


def check_order(submission, tables: Tables, seed: int) -> None:
    """See that the whole way from tables to conclusion does not depend on the order of rows."""
    first = analyzed(submission, tables, PLAIN, seed)
    shuffled = {name: table.sample(frac=1, random_state=seed + 3) for name, table in tables.items()}
    second = analyzed(submission, shuffled, PLAIN, seed)
    for key in (*COUNT_KEYS, *EFFECT_KEYS):
        expect(
            abs(first[key] - second[key]) <= 1e-6,
            f"{CALL_ANALYZE} gives {key} = {first[key]:.6g}, and {second[key]:.6g} when the rows of the tables come in "
            "another order; expected the same. A stranger's download has another order: sort by patient_id before "
            "you draw.",
        )


def analyzed(submission, tables: Tables, protocol: dict[str, Any], seed: int) -> dict[str, Any]:
    """Call analyze; return its numbers and its conclusion."""
    result = submission.analyze(tables, protocol, seed)
    numbers: dict[str, Any] = dict(numbers_of(result, CALL_ANALYZE))
    return numbers | {"conclusion": concluded(result.get("conclusion"), CALL_ANALYZE)}


# The same seed -------------------------------------------------------------------------------------------------------


# The widest of four seeds' intervals divided by the narrowest, 60 times: 100 draws 1.17 on average, at most 1.39.
STEADY = 1.8


@graded(
    points=10, hint="One generator, np.random.default_rng(seed), made inside estimate, and nothing kept between calls."
)
def test_same_seed_same_result(submission, seed):
    """The same seed gives the same result, another seed the same finding"""
    one, two = clinic(PRACTICE_SEED + seed, "north", 0.2), clinic(PRACTICE_SEED + seed, "south", 0.2)
    results = {chosen: analyzed(submission, one, BY_HAND, chosen) for chosen in (seed, 0)}
    other = analyzed(submission, two, BY_HAND, seed)
    for chosen, first in results.items():
        again = analyzed(submission, one, BY_HAND, chosen)
        for key in (*COUNT_KEYS, *EFFECT_KEYS):
            expect(
                abs(first[key] - again[key]) <= 1e-9,
                f"{CALL_ANALYZE} with seed {chosen} gives {key} = {first[key]:.6g} first, and {again[key]:.6g} after "
                "it has run on another clinic; expected the same to the last digit. Whoever reruns your study must "
                "see your numbers.",
            )
    expect(
        any(abs(results[seed][key] - other[key]) > 1e-9 for key in EFFECT_KEYS),
        f"{CALL_ANALYZE} gives the same numbers for two clinics with other patients. Is a result kept from an "
        "earlier call?",
    )
    results |= {chosen: analyzed(submission, one, BY_HAND, chosen) for chosen in (seed + 10, seed + 11)}
    halves = [(result["high"] - result["low"]) / 2 for result in results.values()]
    for (chosen, result), half in zip(results.items(), halves, strict=True):
        expect(
            abs(result["effect"] - results[seed]["effect"]) <= 0.1 * half,
            f"{CALL_ANALYZE} gives effect = {results[seed]['effect']:.4g} with seed {seed} and {result['effect']:.4g} "
            f"with seed {chosen}. The seed may move the ends of an interval a little, never the finding: take the "
            "effect from all rows, not from a draw.",
        )
    expect(
        max(halves) <= STEADY * min(halves),
        f"{CALL_ANALYZE} gives intervals of {2 * min(halves):.4g} to {2 * max(halves):.4g} in width with four seeds; "
        f"expected them within a factor of {STEADY:g}. Draw more samples, 100 at least.",
    )


# The control ---------------------------------------------------------------------------------------------------------


def case(measure: str, effect: tuple[float, float, float], control: tuple[float, float, float]) -> tuple[str, dict]:
    """Return a measure and a result, as estimate gives it."""
    keys = ("effect", "low", "high", "control", "control_low", "control_high")
    numbers = dict(zip(keys, (*effect, *control), strict=True))
    return measure, {"patients": 2000, "treated": 900, "risk_treated": 0.12, "risk_untreated": 0.18, **numbers}


CASES = [
    case("risk difference", (-0.06, -0.09, -0.03), (0.005, -0.02, 0.03)),
    case("risk difference", (-0.06, -0.09, -0.03), (-0.05, -0.08, -0.02)),
    case("risk difference", (-0.02, -0.06, 0.02), (0.0, -0.03, 0.03)),
    case("risk difference", (-0.06, -0.09, -0.03), (-0.02, -0.10, 0.06)),
    case("risk difference", (0.05, 0.02, 0.08), (0.01, -0.02, 0.04)),
    case("risk difference", (-0.01, -0.04, 0.02), (-0.05, -0.08, -0.02)),
    case("risk difference", (0.05, 0.02, 0.08), (0.04, 0.01, 0.07)),
    case("risk ratio", (0.70, 0.55, 0.89), (1.02, 0.86, 1.21)),
    case("risk ratio", (0.70, 0.55, 0.89), (0.78, 0.65, 0.94)),
    case("risk ratio", (0.70, 0.55, 0.89), (0.92, 0.62, 1.36)),
    case("risk ratio", (1.35, 1.12, 1.63), (1.01, 0.85, 1.20)),
    case("risk ratio", (0.90, 0.77, 1.05), (1.00, 0.88, 1.14)),
]


def right_conclusion(measure: str, result: dict[str, float]) -> tuple[str, str]:
    """Return the word for a result by the rules of the brief, and the rule that decides."""
    none = 1 if measure == "risk ratio" else 0
    if not result["control_low"] <= none <= result["control_high"]:
        return "confounded", f"the control's interval does not hold {none}, though the drug cannot touch that event"
    if result["low"] <= none <= result["high"]:
        return "no difference shown", f"the control is silent and the effect's interval holds {none}"
    if result["control_low"] <= result["effect"] <= result["control_high"]:
        return "cannot tell", "the control's interval holds the effect itself: a bias as large would not have shown"
    lower = result["high"] < none
    return (
        "lower risk" if lower else "higher risk"
    ), f"the effect's interval lies {'below' if lower else 'above'} {none}"


def drawn_cases(seed: int) -> Iterator[tuple[str, dict]]:
    """Yield results drawn by lot, none of them near a border."""
    r = np.random.default_rng([seed, 6])
    for _ in range(40):
        measure = str(r.choice(["risk difference", "risk ratio"]))
        effect, half, control, wide = r.normal(0, 0.06), r.uniform(0.01, 0.06), r.normal(0, 0.03), r.uniform(0.01, 0.08)
        borders = (effect - half, effect + half, control - wide, control + wide)
        if min(np.abs(borders)) < 0.002 or min(abs(effect - borders[2]), abs(effect - borders[3])) < 0.002:
            continue
        values = np.array([effect, *borders[:2], control, *borders[2:]])
        shown = np.exp(4 * values) if measure == "risk ratio" else values
        yield case(measure, tuple(shown[:3]), tuple(shown[3:]))


def concluded(word: Any, call: str) -> str:
    """Return a conclusion if it is one of the five."""
    expect(
        isinstance(word, str) and word in CONCLUSIONS,
        f"{call} concludes {str(word)[:40]!r}; expected one of {listed(CONCLUSIONS, 'or')}, in just these words.",
    )
    return str(word)


@graded(points=15, hint="The control is read first. Its interval can warn, be silent, or be too wide to say anything.")
def test_control_decides(submission, document, seed):
    """The negative control is silent where it should be, and decides the conclusion"""
    outcome = document("protocol.yaml", Protocol).outcome
    expect(
        outcome.control == "fracture",
        f"{outcome.where('control')}: the control is {outcome.control}, which drug A may prevent. A negative control "
        "is an event that the drug cannot touch, so that any difference must come from somewhere else.",
    )
    for measure, result in (*CASES, *drawn_cases(seed)):
        law = BY_HAND | {"contrast": {"measure": measure, "of": "starting the drug"}}
        word = concluded(submission.conclude(result, law), CALL_CONCLUDE)
        right, why = right_conclusion(measure, result)
        shown = ", ".join(f"{key} {result[key]:.3f}" for key in result if key in EFFECT_KEYS[2:])
        expect(
            word == right,
            f"{CALL_CONCLUDE} says {word} of a {measure} with {shown}; expected {right}, as {why}.",
        )
    law = plain_law(document)
    controls: dict[str, list[float]] = {site: [] for site in SITES}
    words = []
    for other in fresh(seed):
        for site in SITES:
            result = estimated(submission, fresh_rows(other, site), law, seed)
            controls[site].append(result["control"])
        words.append(concluded(submission.conclude(result, law), CALL_CONCLUDE))  # of the clinic South
    north, south = (float(np.mean(controls[site])) for site in SITES)
    expect(
        abs(north) <= OFF_NULL,
        f"{CALL_ESTIMATE}: in {FRESH} registries of the clinic North the control is {north:+.3f} on average; expected "
        f"{OFF_NULL:g} or less from 0. The drug cannot cause or prevent a fracture: the control needs the same weights "
        "as the effect.",
    )
    expect(
        south <= WARNING,
        f"{CALL_ESTIMATE}: in {FRESH} registries of the clinic South, where doctors spare the frail, the control is "
        f"{south:+.3f} on average; expected {WARNING:g} or below. Adjust it as you adjust the effect.",
    )
    expect(
        "confounded" in words,
        f"{CALL_CONCLUDE} says {listed(words)} in {FRESH} registries of the clinic South; expected "
        "confounded, as the drug seems to prevent fractures there.",
    )


# Limits --------------------------------------------------------------------------------------------------------------


class Confounding(Form):
    """A reason for the drug that nobody recorded."""

    not_recorded: Text
    what: Text
    more_often_in: Literal["treated", "untreated"]
    raises_the_risk: bool
    drug_looks: Literal["better", "worse"]


class Selection(Form):
    """Who is left out for want of a recent value."""

    what: Text
    left_out: Count
    their_risk: Share
    drug_looks: Literal["better", "worse"]


class Measurement(Form):
    """What the registry does not learn of."""

    what: Text
    recorded: Share
    drug_looks: Literal["better", "worse"]


class Limits(Form):
    """The three, in the order of the form."""

    confounding: Confounding
    selection: Selection
    measurement: Measurement


class Limited(Form):
    """The part of results.yaml that holds the limits."""

    limits: Limits


@graded(points=15, hint="For each limit imagine 100 patients: how many deaths would the drug prevent without it?")
def test_limits_have_a_direction(document):
    """Confounding, selection and measurement are named, each with its direction"""
    limits = document("results.yaml", Limited, others=True).limits
    protocol = document("protocol.yaml", Protocol).model_dump()
    sentences = {name: getattr(limits, name).what for name in ("confounding", "selection", "measurement")}
    for name, said in sentences.items():
        words = len(set(said.casefold().split()))
        expect(
            words >= 8,
            f"{getattr(limits, name).where('what')}: what has {words} different words; write a sentence of 8 or "
            "more that tells a reader what is missing, and of whom.",
        )
    expect(
        len({said.casefold() for said in sentences.values()}) == 3,
        f"{limits.where()}: two of the three limits say the same; each asks something else.",
    )
    hidden = limits.confounding
    known = [name for name in (*COLUMNS, "kidney", "sex") if re.search(rf"\b{name}\b", hidden.not_recorded.casefold())]
    expect(
        not known,
        lambda: (
            f"{hidden.where('not_recorded')}: {hidden.not_recorded} is recorded ({known[0]}). Name a reason for which "
            "a doctor gives or spares the drug, which also moves the outcome, and stands in no column."
        ),
    )
    better = (hidden.more_often_in == "untreated") == hidden.raises_the_risk
    group = {"treated": "untreated", "untreated": "treated"}[hidden.more_often_in] if hidden.raises_the_risk else None
    group = group or hidden.more_often_in
    direction(
        hidden,
        better,
        f"if {hidden.not_recorded} is commoner among the {hidden.more_often_in} and "
        f"{'raises' if hidden.raises_the_risk else 'lowers'} the risk, the {group} do better whatever the drug does",
    )
    tables = clinic(PRACTICE_SEED, "north")
    rows = followed(reference(tables, protocol), tables, protocol)
    chosen = limits.selection
    out, inside = rows[rows["left_out"] == "baseline"], rows[rows["left_out"] == ""]
    expect(
        chosen.left_out == len(out),
        f"{chosen.where('left_out')}: left_out is {chosen.left_out}; counted by your protocol at the clinic North, "
        f"seed {PRACTICE_SEED}, {len(out)} patients lack a recent value (left_out is baseline).",
    )
    risk = float(out["outcome"].mean())
    expect(
        abs(chosen.their_risk - risk) <= 0.0006,
        f"{chosen.where('their_risk')}: their_risk is {chosen.their_risk:g}; of these {len(out)} patients "
        f"{int(out['outcome'].sum())} had the outcome in the protocol's days, which is {risk:.4f}.",
    )
    direction(
        chosen,
        risk < inside["outcome"].mean(),
        f"their risk is {risk:.4f} and that of the patients in your study {inside['outcome'].mean():.4f}: where fewer "
        "have the outcome there is less to prevent, so among all patients of the clinic the drug would prevent "
        f"{'fewer' if risk < inside['outcome'].mean() else 'more'} per 100 than you publish",
    )
    seen = limits.measurement
    expect(
        abs(seen.recorded - RECORDED) <= 0.001,
        f"{seen.where('recorded')}: recorded is {seen.recorded:g}; the README says of which share of the events the "
        f"registry learns ({RECORDED:g}).",
    )
    direction(
        seen,
        False,
        "events are missed in both groups alike, so that the difference that you see shrinks with them: in truth the "
        "drug prevents more per 100 patients than you count",
    )
    where, text = section(document, "Limits")
    lines = re.findall(r"^\s*[-*]\s+\S", text, flags=re.MULTILINE)
    expect(
        len(lines) >= 3,
        f"{where} has {counted(len(lines), 'line')} that begin with `- `; expected three, one for each limit, the one "
        "that could change the result most first.",
    )
    expect(
        re.search(r"\b(synthetic|invented|made[- ]up|simulated)\b", text, re.IGNORECASE),
        f"{where} does not say that the patients are invented. Whoever finds only the post must learn that from it.",
    )


def direction(limit: Confounding | Selection | Measurement, better: bool, why: str) -> None:
    """Fail unless a limit points the way that its own facts say."""
    right = "better" if better else "worse"
    expect(
        limit.drug_looks == right,
        f"{limit.where('drug_looks')}: drug_looks is {limit.drug_looks}, but {why}. Expected {right}.",
    )


# Numbers -------------------------------------------------------------------------------------------------------------


class Clinic(Form):
    """The results of one clinic."""

    patients: Count
    treated: Count
    risk_treated: Share
    risk_untreated: Share
    effect: float
    low: float
    high: float
    control: float
    control_low: float
    control_high: float
    conclusion: Text


class Results(Form):
    """The part of results.yaml that holds the numbers."""

    north: Clinic
    south: Clinic


HEADINGS = ("Question", "Protocol", "Result", "Control", "Limits", "Rerun it")


@graded(points=10, hint="Run `python study.py` again and copy. In the text, -0.0600 may be -0.06 or 6.0 points fewer.")
def test_numbers_are_recomputed(submission, document):
    """Every number in results.yaml and in the post is what the study gives"""
    rules = document("protocol.yaml", Protocol).model_dump()
    results = document("results.yaml", Results, others=True)
    for site in SITES:
        found = analyzed(submission, clinic(PRACTICE_SEED, site), rules, PRACTICE_SEED)
        stated = getattr(results, site)
        for key in (*COUNT_KEYS, *EFFECT_KEYS):
            value = getattr(stated, key)
            expect(
                abs(value - found[key]) <= (0 if key in COUNT_KEYS else 0.0006),
                f"{stated.where(key)}: {key} of {site} is {value:g}, but your study gives {found[key]:.5g} on "
                f"the practice registry (seed {PRACTICE_SEED}). Run `python study.py` again and copy: one number that "
                "nobody can repeat costs the trust in all.",
            )
        expect(
            stated.conclusion == found["conclusion"],
            f"{stated.where('conclusion')}: the conclusion for {site} is {stated.conclusion}, but your study says "
            f"{found['conclusion']}.",
        )
    for heading in HEADINGS:
        where, text = section(document, heading)
        if heading != "Rerun it":  # versions are no results
            check_numbers(where, text, rules, results)
    where, text = section(document, "Result")
    must_say(where, text, "the effect at North", results.north.effect, results.north.low, results.north.high)
    expect(
        re.search(r"\bnorth", text, re.IGNORECASE),
        f"{where} does not say that this is the clinic North. South's patients are others.",
    )
    if rules["contrast"]["measure"] == "risk difference":
        check_sign(where, text, results.north.effect)
    where, text = section(document, "Control")
    for name, part in (("North", results.north), ("South", results.south)):
        must_say(where, text, f"the control at {name}", part.control, part.control_low, part.control_high)
        expect(
            part.conclusion != "confounded" or re.search(WARNS, about(name, text), re.IGNORECASE),
            f"{where} does not say what follows for {name}: results.yaml calls it confounded. A reader who is not "
            f"told that {name}'s effect cannot be trusted will prescribe by it.",
        )


WARNS = (
    r"confound|\bbias|unmeasured|(un|not |never |nobody )record|n't record|hidden|trust|\bback\b|unpublish|not publish|"
    r"withdr[ae]w|withh[oe]ld|\bcan ?not|can't|say nothing|nothing (about|can)|no conclusion|reliab|believ|mislead|"
    r"\bwarn|alarm|suspect|suspicious|invalid|art[ei]fact|fail|incompar|not compar|residual|apart|discard|reject|"
    r"disregard|caution|credib|spurious|unsafe|implausib|impossib"
)
LESS = (
    r"\b(lower|fewer|less|reduc|prevent|decreas|drop|f[ae]ll|saved?\b|saving|avoid|avert|declin|cut|protect|below|"
    r"smaller|benefit|spare)"
)
MORE = r"\b(higher|more|rais|increas|excess|harm|above|rose|rise|greater|larger|extra|additional)"


def about(clinic_name: str, text: str) -> str:
    """Return the sentences about a clinic: those that name it, and those after it that name no clinic."""
    kept, on = [], False
    for sentence in re.split(r"(?<=[.!?;])\s+|\n", text):
        named = re.search(rf"\b{clinic_name}", sentence, re.IGNORECASE) is not None
        on = named or (on and not re.search(r"\b(north|south)", sentence, re.IGNORECASE))
        kept += [sentence] * on
    return " ".join(kept)


def check_sign(where: str, text: str, effect: float) -> None:
    """Fail if a section does not tell on which side a difference lies, by its sign or by a word."""
    signs = [
        sign
        for sign, shown in re.findall(r"([+\-\u2212\u2013])\s?(\d+(?:\.\d+)?)", text)
        for scale in (1, 100)
        if abs(float(shown) - scale * abs(effect)) <= 0.5 * 10 ** -len(shown.partition(".")[2]) + 1e-6
    ]
    side, word = ("fewer", LESS) if effect < 0 else ("more", MORE)
    told = any((sign == "+") == (effect > 0) for sign in signs) or re.search(word, text, re.IGNORECASE)
    expect(
        told,
        f"{where} does not say on which side the effect lies: results.yaml gives {effect:.4f}, so {side} of the "
        f"treated had the outcome. Write {effect:+.4f}, or {100 * abs(effect):.1f} points {side}: who takes it the "
        "wrong way round harms patients.",
    )


def check_numbers(where: str, text: str, protocol: dict[str, Any], results: Results) -> None:
    """Fail on a number of a section that no result and no rule of the protocol gives."""
    known = known_numbers(protocol, results)
    for shown in numbers_in(text):
        value, digits = float(shown.replace(",", "")), len(shown.partition(".")[2])
        if not digits and (value <= 12 or 1900 <= value < 2100):
            continue
        expect(
            any(abs(value - other) <= 0.5 * 10**-digits + 1e-6 for other in known),
            f"{where} says {shown}, which is no number of results.yaml, of the protocol, or of who was left out. What "
            "cannot be recomputed from your files does not belong in the post.",
        )


def known_numbers(protocol: dict[str, Any], results: Results) -> list[float]:
    """Return every number that a post may quote, without its sign."""
    numbers = [95.0, 1.96, 100.0, 2.5, 97.5, 200.0, 500.0, 1000.0, RECORDED, 1 - RECORDED, 100 * RECORDED]
    numbers += [float(v) for v in protocol["eligibility"].values()] + [float(protocol["follow_up"]["days"])]
    numbers += [24.0] * (protocol["follow_up"]["days"] == 730)  # months
    for site in SITES:
        part = getattr(results, site)
        numbers += [part.patients, part.treated, part.patients - part.treated]
        rows = flow(
            site, tuple(protocol["eligibility"].items()), (protocol["outcome"]["event"], protocol["follow_up"]["days"])
        )
        numbers += rows
        rounded = [getattr(part, key) for key in EFFECT_KEYS]
        for value in rounded:
            numbers += [abs(value), 100 * abs(value)]
            if value:
                numbers.append(1 / abs(value))
            if protocol["contrast"]["measure"] == "risk ratio":
                numbers.append(100 * abs(1 - value))
        numbers += [100 * part.treated / part.patients]
    return numbers


@functools.lru_cache(maxsize=32)
def flow(site: str, eligibility: tuple[tuple[str, int], ...], outcome: tuple[str, int]) -> list[float]:
    """Return how many patients a clinic has, how many are left out for each reason, and their risk."""
    protocol = BY_HAND | {"eligibility": dict(eligibility)}
    protocol |= {"outcome": {"event": outcome[0], "control": "fracture"}, "follow_up": {"days": outcome[1]}}
    tables = clinic(PRACTICE_SEED, site)
    rows = followed(reference(tables, protocol), tables, protocol)
    numbers = [float(len(rows)), float((rows["left_out"] != "").sum())]
    for _, group in rows.groupby("left_out"):
        risk = float(group["outcome"].mean())
        numbers += [float(len(group)), 100 * len(group) / len(rows), risk, 100 * risk, float(group["outcome"].sum())]
    return numbers


def must_say(where: str, text: str, what: str, *values: float) -> None:
    """Fail unless a section states a number with both ends of its interval."""
    said = [(float(shown.replace(",", "")), len(shown.partition(".")[2])) for shown in numbers_in(text)]
    for name, value in zip(("", "the lower end of ", "the upper end of "), values, strict=True):
        there = any(
            abs(number - scale * abs(value)) <= 0.5 * 10**-digits + 1e-6
            for number, digits in said
            for scale in (1, 100)
            if scale == 100 or digits >= 2 or abs(value) >= 0.3  # "0" is no way to write 0.06
        )
        expect(
            there,
            f"{where} does not say {name}{what} ({value:.4f}, or {100 * value:.1f} in points of 100). A number without "
            "both ends of its interval reads as certain.",
        )


def numbers_in(text: str) -> list[str]:
    """Return the numbers of a text as written, without signs; code in backticks is not read."""
    text = re.sub(r"```.*?```|`[^`\n]*`", " ", text, flags=re.DOTALL)
    return re.findall(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?(?!\w)", text)


def section(document, heading: str) -> tuple[str, str]:
    """Return where a section of post.md stands, for a sentence, and its text without comments."""
    prose = document("post.md")
    where = f"post.md, section `## {heading}`"
    if heading not in prose.sections:
        near = nearest(heading, prose.sections)
        remedy = f"Rename `## {near}`." if near else "Add the heading as the starter has it."
        expect(False, f"post.md has no section `## {heading}`. {remedy}")
    text = re.sub(r"<!--.*?-->", "", prose.sections[heading], flags=re.DOTALL).strip()
    expect(
        len(text.split()) >= 8,
        f"{where} has {counted(len(text.split()), 'word')}; write a whole sentence, of 8 words or more.",
    )
    return where, text
