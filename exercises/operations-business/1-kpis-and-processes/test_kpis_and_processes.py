"""Days 0-30, operations and business: six measures, a plan and a process map. For learning, not for clinical use."""

import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import BeforeValidator, Field

from wardround.grading import NotYet, expect, expect_columns, graded
from wardround.grading.faults import Verdict, Waiting, WrongForm
from wardround.grading.form_faults import Fault, first_faults
from wardround.grading.forms import Form, Text
from wardround.grading.pictures import Bars, Lines, Stop, Table, Walk
from wardround.grading.queries import Database
from wardround.grading.query_slips import MIXED, mixes_and_or
from wardround.hospital.year_tables import OURS, year_tables
from wardround.wording import counted, listed

DAYS = 366  # of 2024
MINUTES = 1440  # of a day
LAST_FOLLOWED = pd.Timestamp("2024-12-02")  # 30 days before the data end

# What finance told us (invented): the brief has the same figures.
PRICE = {"missed_slots": 60, "left_unseen": 140}  # US dollars lost with each
STAFFED_BED = 2_400  # US dollars for a day, whether somebody lies in it or not
SUPPLIES = 150  # US dollars for a day with a patient in it

# Every query has one right answer, so the figures of a query are compared to what rounding leaves.
EXACT = 0.0006  # shares and mean days may be rounded to three digits,
TENTH = 0.051  # minutes, hours and dollars to one

# On seeds 1 to 60 stays a day times mean days differ from the mean of all head counts by 0.4 % on average and 1.2 % at
# most, for stays that ended in the year; for those that began in it by 0.4 % and 1.0 %. Head counts at midnight alone
# lie 2.1 % below all of them on average, 2.4 % at most. Who takes midnight counts for arrivals is wrong by a factor of
# 4.5 to 4.9, who divides all encounters by the days by 1.7, who rounds 4.7 days to 5 by 6 %.
LITTLE = 0.03
LEAST_WORDS = 6  # of a definition: fewer are a name
# Figures that are copied and multiplied by hand: three digits each leave less than this.
BY_HAND = 0.02


# Amounts that a form takes: what is larger is a slip, and no picture could show it.
MOST = 1_000_000_000
Amount = Annotated[float, Field(ge=0, le=MOST)]
Above0 = Annotated[float, Field(gt=0, le=MOST)]
Whole = Annotated[int, Field(ge=0, le=MOST)]


@dataclass(frozen=True)
class Group:
    """Rows that somebody could leave out of a measure."""

    words: str  # "patients who died"
    rows: Callable[[pd.DataFrame], Any]
    out: bool  # whether the measure leaves them out
    why: str  # what a wrong decision does, a clause


@dataclass(frozen=True)
class Measure:
    """A KPI: its query, its table, the rows it could leave out, and its right answer."""

    table: str
    unit: str
    better: int  # 1 if more is better, -1 if less is
    groups: dict[str, Group]
    right: Callable[[pd.DataFrame], dict[str, float]]
    why: dict[str, str]  # column -> what to look at if it alone is wrong
    when: str  # the column by which a row belongs to a quarter

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the query, the measure itself last."""
        return tuple(self.why)


def _ours(t: pd.DataFrame) -> Any:
    return t["facility"].isin(OURS)


def _minutes(t: pd.DataFrame, begin: str, end: str) -> Any:
    return (t[end] - t[begin]) / pd.Timedelta(minutes=1)


VISITS = Group(
    "emergency visits and observation nights",
    lambda t: t["class"] != "inpatient",
    True,
    "nobody is admitted to a ward in them, and short visits make any stay look short",
)
ELSEWHERE = Group(
    "stays at other hospitals",
    lambda t: ~_ours(t),
    True,
    "they fill the beds of somebody else",
)


def _right_los(t: pd.DataFrame) -> dict[str, float]:
    counts = t[(t["class"] == "inpatient") & _ours(t)]
    return {"stays": len(counts), "mean_days": _minutes(counts, "admit_time", "discharge_time").mean() / MINUTES}


def _right_readmission(t: pd.DataFrame) -> dict[str, float]:
    index = t[(t["class"] == "inpatient") & _ours(t) & ~t["disposition"].isin(["expired", "ama", "transfer_acute"])]
    index = index[index["discharge_time"] <= LAST_FOLLOWED]
    back = (index["next_stay"] == "unplanned") & (_minutes(index, "discharge_time", "next_admit_time") <= 30 * MINUTES)
    return {"followed": len(index), "returned": back.sum(), "rate": back.mean()}


def _right_no_show(t: pd.DataFrame) -> dict[str, float]:
    late = (t["canceled_by"] == "patient") & (t["hours_before"] < 24)
    slots = t[(t["status"] != "canceled") | late]
    missed = slots["status"] != "attended"
    return {"slots": len(slots), "missed": missed.sum(), "rate": missed.mean()}


def _right_boarding(t: pd.DataFrame) -> dict[str, float]:
    waits = t[t["disposition"] == "admitted"]
    return {"patients": len(waits), "mean_minutes": _minutes(waits, "bed_request_time", "departure_time").mean()}


def _right_rooms(t: pd.DataFrame) -> dict[str, float]:
    staffed, used = t["staffed_minutes"].sum() / 60, t["patient_minutes_staffed"].sum() / 60
    return {"staffed_hours": staffed, "used_hours": used, "utilization": used / staffed}


def _right_denials(t: pd.DataFrame) -> dict[str, float]:
    bills = t[_ours(t)]
    promised, lost = bills["allowed"].sum(), (bills["allowed"] - bills["paid"]).sum()
    return {"promised": promised, "lost": lost, "rate": lost / promised}


MEASURES = {
    "los": Measure(
        table="stays",
        unit="days",
        better=-1,
        groups={
            "visits": VISITS,
            "other_hospitals": ELSEWHERE,
            "died": Group(
                "stays in which the patient died",
                lambda t: t["disposition"] == "expired",
                False,
                "they needed the bed as well, to the last day",
            ),
            "against_advice": Group(
                "patients who left against medical advice",
                lambda t: t["disposition"] == "ama",
                False,
                "until they left, nobody else could have the bed",
            ),
            "moved_on": Group(
                "patients who were moved to another hospital",
                lambda t: t["disposition"] == "transfer_acute",
                False,
                "until they were moved, nobody else could have the bed",
            ),
            "booked_stays": Group(
                "stays that were booked before",
                lambda t: t["planned"],
                False,
                "a booked patient lies in a bed like any other",
            ),
            "over_14_days": Group(
                "stays of more than 14 days",
                lambda t: _minutes(t, "admit_time", "discharge_time") > 14 * MINUTES,
                False,
                "few long stays fill many beds, and whoever leaves them out plans too few",
            ),
        },
        right=_right_los,
        why={
            "stays": "Compare your conditions with the brief, row by row.",
            "mean_days": "The right stays are counted, so look at the length of one: from admit_time to "
            "discharge_time, "
            "with the hours. Counting changes of date or dropping the hours makes a stay from 23:00 to 01:00 a day or "
            "nothing; it was 0.083 days.",
        },
        when="discharge_time",
    ),
    "readmission": Measure(
        table="stays",
        unit="share",
        better=-1,
        groups={
            "visits": VISITS,
            "other_hospitals": Group(
                "discharges from other hospitals",
                lambda t: ~_ours(t),
                True,
                "we did not send those patients home, so their returns say nothing about us",
            ),
            "died": Group(
                "stays in which the patient died",
                lambda t: t["disposition"] == "expired",
                True,
                "nobody comes back from that, so keeping them makes the rate look better with every death",
            ),
            "against_advice": Group(
                "patients who left against medical advice",
                lambda t: t["disposition"] == "ama",
                True,
                "nobody could prepare that discharge",
            ),
            "moved_on": Group(
                "patients who were moved to another hospital",
                lambda t: t["disposition"] == "transfer_acute",
                True,
                "they went on to a bed, not home, and the next stay is part of the same illness",
            ),
            "last_30_days": Group(
                "discharges less than 30 days before the data end",
                lambda t: t["discharge_time"] > LAST_FOLLOWED,
                True,
                "a return in January is not in the data, so keeping them makes December look good",
            ),
            "booked_stays": Group(
                "discharges from stays that were booked before",
                lambda t: t["planned"],
                False,
                "whoever was operated on by appointment can come back as an emergency, and we answer for it",
            ),
        },
        right=_right_readmission,
        why={
            "followed": "Compare your conditions with the brief, row by row; a discharge on the first of December "
            "can still "
            "be followed.",
            "returned": "The right discharges are counted, so look at the return: the next stay is unplanned, and "
            "begins within 30 days, which are 30 * 1440 minutes, of the discharge. A planned one is good follow-up, "
            "and one in the fifth month has another cause.",
            "rate": "Both counts are right: divide returned by followed, as a share from 0 to 1.",
        },
        when="discharge_time",
    ),
    "no_show": Measure(
        table="bookings",
        unit="share",
        better=-1,
        groups={
            "canceled_by_clinic": Group(
                "bookings that the clinic canceled",
                lambda t: t["canceled_by"] == "clinic",
                True,
                "the patient did nothing wrong, and no reminder call would have helped",
            ),
            "canceled_early": Group(
                "bookings that patients canceled 24 hours before the slot or earlier",
                lambda t: (t["canceled_by"] == "patient") & (t["hours_before"] >= 24),
                True,
                "somebody else could be given the slot; that is what we ask patients to do",
            ),
            "canceled_late": Group(
                "bookings that patients canceled less than 24 hours before the slot",
                lambda t: (t["canceled_by"] == "patient") & (t["hours_before"] < 24),
                False,
                "nobody else could be given the slot, so it counts, and as missed",
            ),
            "kept": Group(
                "slots to which the patient came",
                lambda t: t["status"] == "attended",
                False,
                "without them there is nothing to take a share of. Mind the empty cells: `hours_before` is empty for "
                "them, and an empty cell meets no condition",
            ),
            "without_reminder": Group(
                "slots for which no reminder was sent",
                lambda t: ~t["reminder"],
                False,
                "a slot without a reminder stands empty like any other",
            ),
        },
        right=_right_no_show,
        why={
            "slots": "Compare your conditions with the brief, booking by booking.",
            "missed": "The right slots are counted, so look at when one stayed empty: nobody came, or the patient "
            "canceled too late for anybody else.",
            "rate": "Both counts are right: divide missed by slots, as a share from 0 to 1.",
        },
        when="slot_time",
    ),
    "boarding": Measure(
        table="er_arrivals",
        unit="minutes",
        better=-1,
        groups={
            "sent_home": Group(
                "patients who went home from the emergency department",
                lambda t: t["disposition"] == "home",
                True,
                "they needed no bed on a ward",
            ),
            "left_unseen": Group(
                "patients who left without being seen",
                lambda t: t["disposition"] == "left without being seen",
                True,
                "nobody had asked for a bed for them",
            ),
            "by_ambulance": Group(
                "patients who came by ambulance",
                lambda t: t["arrival_mode"] == "ambulance",
                False,
                "they wait for the same beds",
            ),
            "over_4_hours": Group(
                "patients who waited more than four hours for the bed",
                lambda t: _minutes(t, "bed_request_time", "departure_time") > 240,
                False,
                "they are the reason to measure it",
            ),
        },
        right=_right_boarding,
        why={
            "patients": "Compare your conditions with the brief, row by row.",
            "mean_minutes": "The right patients are counted, so look at the wait of one: it begins when the bed is "
            "asked "
            "for, not at the door, and ends when the patient leaves for the ward. In minutes.",
        },
        when="arrival_time",
    ),
    "rooms": Measure(
        table="room_days",
        unit="share",
        better=1,
        groups={
            "days_with_overtime": Group(
                "days on which a room ran late",
                lambda t: t["overtime_minutes"] > 0,
                False,
                "the team was there and paid on those days too",
            ),
            "days_with_one_case": Group(
                "days with a single operation in a room",
                lambda t: t["cases"] == 1,
                False,
                "an empty afternoon with a full team is what the measure is for",
            ),
        },
        right=_right_rooms,
        why={
            "staffed_hours": "It is the time for which the room has a team, used or not. From the first patient in to "
            "the last one out is shorter: the hours before and after that, when the team waits, would vanish.",
            "used_hours": "It is the time with a patient in the room within the staffed hours. Minutes after hours are "
            "overtime: counting them fills empty afternoons with other days' long evenings.",
            "utilization": "Both sums are right: divide used_hours by staffed_hours, as a share from 0 to 1.",
        },
        when="date",
    ),
    "denials": Measure(
        table="claims",
        unit="share",
        better=-1,
        groups={
            "other_hospitals": Group(
                "bills of other hospitals",
                lambda t: ~_ours(t),
                True,
                "that money never was ours",
            ),
            "visits": Group(
                "bills of emergency visits and observation nights",
                lambda t: t["class"] != "inpatient",
                False,
                "a payer that refuses them keeps our money as well",
            ),
            "won_on_appeal": Group(
                "refused bills that were paid after an appeal",
                lambda t: t["status"] == "overturned",
                False,
                "their money came in the end: it is promised, and not lost",
            ),
            "not_appealed": Group(
                "refused bills that nobody contested",
                lambda t: t["status"] == "denied",
                False,
                "they are the larger part of what is lost",
            ),
        },
        right=_right_denials,
        why={
            "promised": "It is what the contracts give, the column allowed. The billed amount is a list price that "
            "nobody pays.",
            "lost": "It is the part of the promised money that never came: allowed, less paid. Billed dollars make the "
            "loss more than twice as large as it is, and a bill that was paid after an appeal is not lost.",
            "rate": "Both sums are right: divide lost by promised, as a share from 0 to 1.",
        },
        when="discharge_time",
    ),
}


@functools.lru_cache(maxsize=8)
def tables_of(hospital: Any) -> dict[str, pd.DataFrame]:
    """Return the six tables of a hospital's year."""
    return year_tables(hospital)


def within(column: str) -> float:
    """Return how far a column may be from the right figure."""
    counts = {"stays", "followed", "returned", "slots", "missed", "patients"}
    if column in counts:
        return 0
    return EXACT if column in {"mean_days", "rate", "utilization"} else TENTH


def show_figure(value: float) -> str:
    """Write a number as show.py does: shares and thousands stand in one column."""
    return f"{value:,.0f}" if value == round(value) or abs(value) >= 1000 else f"{value:.3f}"


def row_of(database: Database, text: str, name: str) -> dict[str, float]:
    """Run a query and return its one row, by column."""
    columns = MEASURES[name].columns
    rows = database.run(text, name=f"{name}.sql")
    if len(rows) != 1:
        raise WrongForm(
            f"{name}.sql returned {counted(len(rows), 'row')}; expected one row with {listed(columns)}. Leave out "
            "`group by`, and begin with the SELECT of the starter."
        )
    for column in columns:
        if column in rows.columns and rows[column].isna().any():
            slip = database.odd_condition(text)
            look = (
                "Take them away one by one, and mind that an empty cell (NULL) meets none, that text stands in single "
                "quotes, and that capital letters count."
            )
            raise NotYet(
                f"{name}.sql gives no number for {column}: no row meets your conditions. {slip or look}",
                hint="" if slip else None,
            )
        if column in rows.columns and rows[column].dtype.kind == "m":
            raise WrongForm(
                f"{name}.sql gives {column} as a length of time; expected a number. date_diff('minute', earlier, "
                f"later) "
                "gives the minutes between two times."
            )
    clean = expect_columns(rows, dict.fromkeys(columns, "number"), call=f"{name}.sql")
    return {column: float(clean[column].iloc[0]) for column in columns}


def unmoved(one: dict[str, float], other: dict[str, float]) -> bool:
    """Tell whether all figures are the same, but for the order in which they were added up."""
    return one.keys() == other.keys() and all(abs(one[key] - other[key]) <= 1e-9 * abs(other[key]) for key in one)


@functools.lru_cache(maxsize=64)  # most answers differ in one query of the six
def left_out(hospital: Any, name: str, text: str) -> dict[str, bool]:
    """Tell of each group of rows that is there whether the query gives the same without it."""
    measure, tables = MEASURES[name], tables_of(hospital)
    whole = tables[measure.table]
    found = {}
    with Database(tables) as database:
        before = row_of(database, text, name)
        for word, group in measure.groups.items():
            rows = np.asarray(group.rows(whole), dtype=bool)
            if not rows.any():
                continue
            database.replace(measure.table, whole[~rows].reset_index(drop=True))
            try:
                after = row_of(database, text, name)
            except NotYet:  # nothing is left: it is made of them
                after = {}
            found[word] = unmoved(after, before)
    return found


def same(mine: float, right: float, column: str) -> bool:
    """Tell whether a figure is right but for rounding."""
    return abs(mine - right) <= within(column) + 1e-9 * abs(right)


def figure(value: float, column: str = "") -> str:
    """Write a figure as people do."""
    if within(column) == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.3f}" if within(column) == EXACT else f"{value:,.1f}"


def round_(value: float) -> str:
    """Write a figure with three digits, or all that stand before the point."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def expect_right(database: Database, text: str, name: str, hospital: Any) -> None:
    """Raise NotYet unless a query gives the right figures; say which rows or which moment make the difference."""
    measure, mine, tables = MEASURES[name], row_of(database, text, name), tables_of(hospital)
    whole = tables[measure.table]
    right = measure.right(whole)
    wrong = [column for column in measure.columns if not same(mine[column], right[column], column)]
    if not wrong:
        return
    column = wrong[0]
    told = f"{name}.sql gives {column} = {figure(mine[column], column)}, but it is {figure(right[column], column)}"
    if slip := database.odd_condition(text):
        raise NotYet(f"{told}. {slip}", hint="")  # it says what to write
    groups = ((measure.groups[word], out) for word, out in left_out(hospital, name, text).items())
    sizes = [(rows_of(group, whole), group, out) for group, out in groups if out != group.out]
    mixed = f" {MIXED}" if mixes_and_or(text) else ""
    if sizes:
        size, group, out = max(sizes, key=lambda item: item[0])  # what moves the number most is told first
        raise NotYet(
            f"{told}. It {'leaves out' if out else 'counts'} {group.words} ({measure.table} has {size:,} such rows): "
            f"{group.why}.{mixed}"
        )
    for factor, remedy in FACTORS.items():
        if abs(mine[column] / right[column] - factor) < 0.01 * abs(factor):
            raise NotYet(f"{told}. {remedy}")
    raise NotYet(f"{told}. {value_in_doubt(database, text, name, tables) or measure.why[column]}{mixed}")


def rows_of(group: Group, table: pd.DataFrame) -> int:
    """Return how many rows of a table belong to a group."""
    return int(np.asarray(group.rows(table), dtype=bool).sum())


FACTORS = {
    100.0: "Leave out the `* 100`: a share goes from 0 to 1.",
    -1.0: "The two times are exchanged: the earlier one stands first in date_diff('minute', earlier, later).",
    float(MINUTES): "That is minutes: divide by 1440, the minutes of a day.",
    24.0: "That is hours: a day has 24.",
    1 / 60: "That is hours: give minutes.",
    60.0: "That is minutes: the starter divides them by 60.",
}


def value_in_doubt(database: Database, text: str, name: str, tables: dict[str, pd.DataFrame]) -> str:
    """Name the first word of a column whose rows are counted and should not be, or the other way round."""
    measure = MEASURES[name]
    whole = tables[measure.table]
    mine, right = row_of(database, text, name), measure.right(whole)
    rows_are_counted = within(measure.columns[0]) == 0  # of sums, a wrong column can make rows count that do not
    found = ""
    for column, word in words_of(whole):
        rows = (whole[column] == word).fillna(False).to_numpy(dtype=bool)
        left = whole[~rows].reset_index(drop=True)
        database.replace(measure.table, left)
        try:
            out = unmoved(row_of(database, text, name), mine)
        except NotYet:
            out = False
        if out != unmoved(measure.right(left), right) and (out or rows_are_counted):
            shown, size = f"'{word}'" if isinstance(word, str) else str(word).lower(), int(rows.sum())
            found = f"It {'leaves out' if out else 'counts'} the {size:,} rows with {column} = {shown}."
            break
    database.replace(measure.table, whole)
    return found


def words_of(table: pd.DataFrame) -> Iterator[tuple[str, Any]]:
    """Yield each column that holds a few words only, and more than one, with each of its words."""
    for column in table.columns:
        words = [] if table[column].dtype.kind in "Mf" else sorted(table[column].dropna().unique())
        if 1 < len(words) <= FEW_WORDS:
            yield from ((str(column), word) for word in words)


FEW_WORDS = 12  # a column with more different words is a name or a reason, not a kind of row


def expect_all_right(document, show, hospital, names: tuple[str, ...]) -> None:
    """Raise what is to say of the first of these queries that is wrong, else to do; say which ones are right."""
    right, faults, rows = [], [], []
    with Database(tables_of(hospital)) as database:
        for name in names:
            try:
                text = document(f"{name}.sql")
                expect_right(database, text, name, hospital)
            except Verdict as fault:
                faults.append(fault)
                continue
            right.append(f"{name}.sql")
            rows += [(name, column, show_figure(value)) for column, value in row_of(database, text, name).items()]
    if faults:
        raise among(right, next((fault for fault in faults if not isinstance(fault, Waiting)), faults[0]))
    show(Table("What your queries give", ("measure", "column", "number"), rows))


def among(right: list[str], fault: Verdict) -> Verdict:
    """Return a fault that says as well what is right already."""
    if right and isinstance(fault, Waiting):
        return Waiting(f"right so far: {listed(right)}. {fault.sentence}")
    if right:
        fault.sentence += f" (Right so far: {listed(right)}.)"
    return fault


@graded(
    points=15,
    hint="Go through the sentences of the brief on this measure: each names rows that count, or rows that do not.",
)
def test_stays_returns_and_slots(document, show, hospital):
    """Stays, returns and slots: each query counts those that belong to it"""
    expect_all_right(document, show, hospital, ("los", "readmission", "no_show"))


@graded(points=10, hint="Ask of each column in the table: would a patient, a team or the bank notice it?")
def test_waits_rooms_and_money(document, show, hospital):
    """Waits, rooms and money: each query measures what its name says"""
    expect_all_right(document, show, hospital, ("boarding", "rooms", "denials"))


def _sheet(name: str) -> Any:
    words = tuple(MEASURES[name].groups)
    return Annotated[list[Literal[*words, "nothing"]], BeforeValidator(_nothing)]  # type: ignore[valid-type]


def _nothing(value: Any) -> Any:
    """Take the one word nothing for a list of it, as the page says it."""
    return ["nothing"] if isinstance(value, str) and value.strip().casefold() == "nothing" else value


class Sheet(Form):
    """What the page says of one measure."""

    definition: Text
    gamed_by: Text


def _sheets() -> type[Form]:
    """Make the form of kpis.yaml: under each measure the words that fit it."""
    made = {
        name: type(f"Sheet_{name}", (Sheet,), {"__annotations__": {"leaves_out": _sheet(name)}, "__module__": __name__})
        for name in MEASURES
    }
    return type("Sheets", (Form,), {"__annotations__": made, "__module__": __name__})


Sheets = _sheets()


@graded(
    points=15,
    hint="Take the words one by one: is there a condition in the query, or an empty cell, that drops such rows?",
)
def test_page_and_query_leave_out_the_same(document, hospital):
    """What the page says it leaves out is what the query leaves out"""
    sheets = document("kpis.yaml", Sheets)
    for name, measure in MEASURES.items():
        sheet = getattr(sheets, name)
        place, said = sheets.where(name, "leaves_out"), set(sheet.leaves_out)
        expect(
            said == {"nothing"} or "nothing" not in said,
            f"{place}: `nothing` stands beside other words; keep one or the other.",
        )
        for word, out in left_out(hospital, name, document(f"{name}.sql")).items():
            words = measure.groups[word].words
            if word in said and not out:
                raise NotYet(
                    f"{place}: the page says that {name} leaves out {word}, but {name}.sql counts {words}: without "
                    "them it gives another number. Change the list, or the query."
                )
            if out and word not in said:
                raise NotYet(
                    f"{place}: the page does not name {word}, but {name}.sql leaves out {words}: with or without "
                    "them it gives the same. Whoever compares your number with another house's has to know."
                )
    faults, texts = [], {}
    for name in MEASURES:
        for key in ("definition", "gamed_by"):
            text = " ".join(getattr(getattr(sheets, name), key).split())
            fault = prose_fault(name, key, text, texts.get(text.lower(), ""))
            if fault:
                faults.append(Fault(len(faults), f"{sheets.where(name, key)}: {fault}"))
            texts.setdefault(text.lower(), f"{key} of {name}")
    if faults:
        raise NotYet(first_faults(faults, "kpis.yaml"), hint="")  # that is about the list


def prose_fault(name: str, key: str, text: str, said_before: str) -> str:
    """Return what is wrong with a sentence of the page; "" if nothing that a program can see."""
    if len(text.split()) < LEAST_WORDS:
        asked = "what is counted, out of what" if key == "definition" else "how it looks better and nobody is helped"
        return f"{key} is `{text}`; write a whole sentence ({LEAST_WORDS} words or more) on {asked}."
    return f"{key} says the same as {said_before}; write what is true of {name} only." if said_before else ""


class Beds(Form):
    """Little's law on the practice hospital."""

    stays_per_day: Above0
    mean_days: Above0
    patients_in_bed: Above0


class BedsOf(Form):
    """The part of plan.yaml on beds."""

    beds: Beds


def beds_of(hospital: Any) -> tuple[float, float, float]:
    """Return the right stays a day, mean days and patients in bed."""
    tables = tables_of(hospital)
    right = _right_los(tables["stays"])
    return right["stays"] / DAYS, right["mean_days"], float(tables["head_counts"]["patients"].mean())


def day_by_day(hospital: Any, beds: Any) -> Lines:
    """Draw the patients in bed over the year, with the average that the plan gives."""
    counts = tables_of(hospital)["head_counts"]
    daily = counts.groupby(counts["counted_time"].dt.day_of_year)["patients"].mean()
    return Lines(
        "Patients in bed, 2024",
        daily.index.tolist(),
        {"mean of the day's four counts": daily.tolist()},
        unit="patients",
        limits={"your patients_in_bed": beds.patients_in_bed},
        x_name="day of the year",
    )


@graded(
    points=15,
    hint="How many patients come in one day? How many lie there at any moment? Which of the two does a bed count show?",
)
def test_the_three_numbers_of_a_bed_fit(document, show, practice):
    """Stays a day, times days a stay, is the patients in bed"""
    plan = document("plan.yaml", BedsOf, others=True)
    beds = plan.beds
    per_day, days, there = beds_of(practice)
    show(day_by_day(practice, beds))
    product = beds.stays_per_day * beds.mean_days
    rights = {"stays_per_day": per_day, "mean_days": days, "patients_in_bed": there}
    looks = {
        "stays_per_day": f"Divide the stays that los.sql counts by the {DAYS} days of 2024. Who lies in bed at "
        f"midnight "
        "has come on any day before: counting these each night counts a stay of five days five times.",
        "mean_days": "Take it from los.sql, and mend that first if its check is not done.",
        "patients_in_bed": "Take the mean of all head counts, `python show.py beds`. It is counted, not multiplied: "
        "only "
        "then can the other two be wrong and show.",
    }
    for key, right in rights.items():
        mine = getattr(beds, key)
        if abs(mine / right - 1) > LITTLE:
            raise NotYet(
                f"{plan.where('beds', key)}: {key} is {mine:g}, but in the practice hospital it is about {right:.3g}; "
                f"{beds.stays_per_day:g} stays a day of {beds.mean_days:g} days fill {round_(product)} beds, and you "
                f"have "
                f"{beds.patients_in_bed:g}. {looks[key]}"
            )
    expect(
        abs(product / beds.patients_in_bed - 1) <= LITTLE,
        f"{plan.where('beds')}: {beds.stays_per_day:g} stays a day of {beds.mean_days:g} days fill {round_(product)} "
        f"beds, "
        f"but patients_in_bed is {beds.patients_in_bed:g}; expected a difference of at most {LITTLE:.0%}. One of the "
        "three is rounded too much, or counts other patients.",
    )


LOSSES = (
    "medical_necessity",
    "no_authorization",
    "late_filing",
    "missing_documentation",
    "missed_slots",
    "left_unseen",
)


class Loss(Form):
    """One way in which money is lost, in the year."""

    loss: Literal[LOSSES]  # type: ignore[valid-type]
    count: Whole
    dollars: Amount


class Ranking(Form):
    """The part of plan.yaml on losses."""

    ranking: list[Loss]


def losses_of(hospital: Any) -> dict[str, tuple[int, float]]:
    """Return how often each loss happened in the year, and its dollars."""
    tables = tables_of(hospital)
    claims = tables["claims"][_ours(tables["claims"])]
    found = {}
    for reason, rows in claims[claims["status"].isin(["denied", "upheld"])].groupby("denial_reason"):
        found[str(reason).replace(" ", "_")] = (len(rows), float((rows["allowed"] - rows["paid"]).sum()))
    counts = {
        "missed_slots": int(_right_no_show(tables["bookings"])["missed"]),
        "left_unseen": int((tables["er_arrivals"]["disposition"] == "left without being seen").sum()),
    }
    return {**found, **{loss: (count, float(count * PRICE[loss])) for loss, count in counts.items()}}


@graded(
    points=15,
    hint="First put one number of dollars beside each loss. Then sort by that number alone.",
)
def test_losses_are_ranked_by_dollars(document, show, practice):
    """Losses are ranked by what they cost, not by how often they happen"""
    plan = document("plan.yaml", Ranking, others=True)
    rows = plan.ranking
    names = [row.loss for row in rows]
    if rows:
        show(Bars("Lost in 2024, in your order", {row.loss: row.dollars for row in rows}, unit="dollars"))
    twice = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        raise NotYet(f"{plan.where('ranking', twice)}: {names[twice]} stands in the ranking twice; keep one.")
    missing = [name for name in LOSSES if name not in names]
    expect(
        not missing,
        lambda: f"{plan.where('ranking')}: the ranking has no {missing[0]}; expected each of {listed(LOSSES)} once.",
    )
    right = losses_of(practice)
    for n, row in enumerate(rows):
        count, dollars = right[row.loss]
        if abs(row.dollars - dollars) > BY_HAND * dollars:
            if row.loss in PRICE:
                remedy = f"It is the count times USD {PRICE[row.loss]}."
            else:
                remedy = (
                    "It is what the contracts allow for the refused bills, less what was paid after all. The billed "
                    "amount "
                    "is a list price, and what was won on appeal is not lost."
                )
            raise NotYet(
                f"{plan.where('ranking', n, 'dollars')}: {row.loss} costs {row.dollars:,.0f} dollars, it says; in the "
                f"practice hospital it is {dollars:,.0f}. {remedy}"
            )
        if row.count != count:
            remedy = (
                "Take `missed` from no_show.sql." if row.loss == "missed_slots" else "`python show.py losses` has it."
            )
            if row.loss not in (*PRICE,):
                remedy = "Count the bills that stayed unpaid; those that were paid after an appeal are no loss."
            raise NotYet(
                f"{plan.where('ranking', n, 'count')}: the count of {row.loss} is {row.count:,}; in the practice "
                f"hospital it is {count:,}. {remedy}"
            )
    for n, (row, after) in enumerate(itertools.pairwise(rows)):
        expect(
            row.dollars >= after.dollars,
            f"{plan.where('ranking', n)}: {row.loss} ({row.count:,} times, USD {row.dollars:,.0f}) stands before "
            f"{after.loss} ({after.count:,} times, USD {after.dollars:,.0f}); expected the dearest first. What happens "
            "most often is what people talk about, not what it costs.",
        )


class Target(Form):
    """What is to become better, by how much, and what is watched beside it."""

    kpi: Literal[tuple(MEASURES)]  # type: ignore[valid-type]
    unit: Literal["days", "share", "minutes"]
    now: Above0
    goal: Above0
    watch: Literal[tuple(MEASURES)]  # type: ignore[valid-type]
    owner: Text


class ShorterStays(Form):
    """What stays that are shorter by some part of a day would change."""

    days_less: Above0
    beds_free: Above0
    bed_days_a_year: Above0
    beds_then: Literal["filled", "empty", "closed"]
    cash_dollars: Amount


class Targets(Form):
    """The part of plan.yaml on the target."""

    target: Target
    shorter_stays: ShorterStays


def quarters_of(hospital: Any, name: str) -> list[float]:
    """Return a measure in the four quarters of the year."""
    measure = MEASURES[name]
    table = tables_of(hospital)[measure.table]
    quarter = table[measure.when].dt.quarter
    return [float(measure.right(table[quarter == n])[measure.columns[-1]]) for n in (1, 2, 3, 4)]


VAGUE = {"all", "everybody", "everyone", "hospital", "management", "n/a", "nobody", "none", "staff", "tbd", "team"}
VAGUE |= {"department", "entire", "people", "somebody", "us", "we", "whole"}


def expect_role(who: str, where: str, key: str) -> None:
    """Raise NotYet unless a text could be one role."""
    named = {word for word in who.lower().strip(".").split() if word not in {"the", "a", "our", "of"}}
    expect(
        not named <= VAGUE,
        f"{where}: {key} is `{who}`; name one role, such as head nurse: what all own, nobody does.",
    )


@graded(
    points=15,
    hint="A free bed is room for a patient. What leaves the hospital's account less often, or less, because of it?",
)
def test_target_and_free_beds(document, show, practice):
    """The target is within reach, and a free bed is not yet money"""
    plan = document("plan.yaml", Targets, others=True)
    target = plan.target
    quarters = {f"quarter {n}": value for n, value in enumerate(quarters_of(practice, target.kpi), start=1)}
    unit = MEASURES[target.kpi].unit
    show(Bars(f"{target.kpi} in 2024, and your goal", {**quarters, "goal": target.goal}, unit=unit))
    expect_target(plan, practice)
    expect_free_beds(plan, practice)


def expect_target(plan: Any, practice: Any) -> None:
    """Raise NotYet unless the target is in the measure's unit, better than today and reached before."""
    target, measure = plan.target, MEASURES[plan.target.kpi]
    column = measure.columns[-1]
    rounding = {"share": 0.0051, "days": 0.051, "minutes": 0.51}[measure.unit]
    expect(
        target.unit == measure.unit,
        f"{plan.where('target', 'unit')}: the unit is {target.unit}, but {target.kpi}.sql gives {column}, which is "
        f"measured in {measure.unit}. A target in another unit than the measure is never met, or at once.",
    )
    right = float(measure.right(tables_of(practice)[measure.table])[column])
    for key in ("now", "goal"):
        value = getattr(target, key)
        expect(
            measure.unit != "share" or value <= 1,
            f"{plan.where('target', key)}: {key} is {value:g}; write a share between 0 and 1, such as 0.14 for 14 %.",
        )
    expect(
        abs(target.now - right) <= rounding,
        f"{plan.where('target', 'now')}: now is {target.now:g}, but {target.kpi} is {figure(right, column)} in the "
        "practice hospital. Run `python show.py`, and mend the query first if its check is not done.",
    )
    four = quarters_of(practice, target.kpi)
    best = max(four) if measure.better > 0 else min(four)
    shown = f"{'; '.join(figure(value, column) for value in four)} in the four quarters"
    expect(
        measure.better * (target.goal - target.now) > 0,
        f"{plan.where('target', 'goal')}: the goal {target.goal:g} is not better than now, {target.now:g}: "
        f"for {target.kpi}, {'more' if measure.better > 0 else 'less'} is better.",
    )
    expect(
        measure.better * (target.goal - best) <= rounding,
        f"{plan.where('target', 'goal')}: the goal {target.goal:g} was never reached ({target.kpi} was {shown}); "
        f"expected "
        "one between now and the best quarter. What the house has done once it can do again; the rest is a wish.",
    )
    expect(
        target.watch != target.kpi,
        f"{plan.where('target', 'watch')}: {target.watch} is watched beside itself; name another measure, one that "
        f"gets "
        "worse if this one is only made to look better.",
    )
    expect_role(target.owner, plan.where("target", "owner"), "owner")


def expect_free_beds(plan: Any, practice: Any) -> None:
    """Raise NotYet unless beds, bed-days and cash follow from the days by which stays are shorter."""
    stays = plan.shorter_stays
    per_day, days, _ = beds_of(practice)
    expect(
        stays.days_less <= days / 2,
        f"{plan.where('shorter_stays', 'days_less')}: stays of {days:.1f} days are to be {stays.days_less:g} days "
        "shorter; expected at most half. A cut that nobody believes frees no bed.",
    )
    beds, bed_days = per_day * stays.days_less, per_day * DAYS * stays.days_less
    for key, right, how in (
        ("beds_free", beds, f"{per_day:.2f} stays a day times {stays.days_less:g} (days_less)"),
        ("bed_days_a_year", bed_days, f"{per_day * DAYS:,.0f} stays a year times {stays.days_less:g} (days_less)"),
    ):
        value = getattr(stays, key)
        expect(
            abs(value - right) <= max(BY_HAND * right, 0.051),
            f"{plan.where('shorter_stays', key)}: {key} is {value:g}, but {how} make {round_(right)}.",
        )
    whole = int(stays.beds_free + 1e-9)
    supplies = stays.bed_days_a_year * SUPPLIES
    cash = {"filled": 0.0, "empty": supplies, "closed": supplies + whole * DAYS * STAFFED_BED}[stays.beds_then]
    reason = {
        "filled": "other patients lie in the freed beds, with the same team and the same supplies: nothing leaves the "
        "account less. What is gained is room, and it is counted in beds",
        "empty": f"the team is paid as before; only supplies are saved, USD {SUPPLIES} for each bed-day",
        "closed": f"supplies, USD {SUPPLIES} for each bed-day, and USD {STAFFED_BED:,} a day for each *whole* bed "
        f"that is "
        f"closed ({whole} of {stays.beds_free:g}): nobody can close part of a bed",
    }[stays.beds_then]
    if stays.beds_then == "closed" and whole < 1:
        raise NotYet(
            f"{plan.where('shorter_stays', 'beds_then')}: the beds are to be closed, but {stays.beds_free:g} is less "
            f"than "
            "one; nobody can close part of a bed, and its nurse is paid whole. Fill it, or leave it empty."
        )
    expect(
        abs(stays.cash_dollars - cash) <= BY_HAND * cash + 0.5,
        f"{plan.where('shorter_stays', 'cash_dollars')}: cash_dollars is {stays.cash_dollars:,.0f}; expected "
        f"{cash:,.0f} where the beds are {stays.beds_then}: {reason}.",
    )


class Step(Form):
    """One step of a process: it waits before it begins, then somebody works."""

    does: Text
    who: Text
    waits: Amount
    works: Above0


Score = Annotated[int, Field(ge=1, le=3)]


class Process(Form):
    """A process from a first event to a last one."""

    name: Text
    unit: Literal["minutes", "hours", "days"]
    starts_with: Text
    ends_with: Text
    steps: Annotated[list[Step], Field(min_length=3)]
    total: Above0
    waiting: Amount
    handoffs: Whole
    model_at_step: Annotated[int, Field(ge=1)]
    model_does: Literal["sorts", "forecasts", "drafts"]
    value: Score
    data: Score
    risk: Score
    change: Score


class Processes(Form):
    """The whole of processes.yaml."""

    processes: Annotated[list[Process], Field(min_length=2, max_length=4)]


@graded(
    points=15,
    hint="Add up each process with a pencil: what it waits, what it works, and how often it passes to other hands.",
)
def test_process_map_adds_up(document, show):
    """The process map has waits and hand-offs, and its numbers add up"""
    form = document("processes.yaml", Processes)
    for n, process in enumerate(form.processes):
        show(walk_of(process))
        expect_map(process, functools.partial(form.where, "processes", n))
    names = [process.name.lower() for process in form.processes]
    twice = next((n for n, name in enumerate(names) if name in names[:n]), None)
    if twice is not None:
        raise NotYet(f"{form.where('processes', twice, 'name')}: this process stands there twice; map another one.")
    for n, (first, then) in enumerate(itertools.pairwise(form.processes)):
        a, b = scores(first), scores(then)
        vetoed = (min(a) == 1, min(b) == 1)
        if vetoed == (True, False):
            raise NotYet(
                f"{form.where('processes', n)}: {first.name} has a 1 and stands before {then.name}, which has none. "
                f"A 1 "
                "is a veto until somebody has answered it in writing; a sum lets a large benefit pay for a danger."
            )
        expect(
            vetoed[0] != vetoed[1] or sum(a) >= sum(b),
            f"{form.where('processes', n)}: {first.name} has {sum(a)} points and stands before {then.name} with "
            f"{sum(b)}; "
            "expected the best candidate first. If the order is what you mean, the scores are not.",
        )


def walk_of(process: Any) -> Walk:
    """Draw the way through a process, with the time at which each step begins."""
    stops, clock = [], 0.0
    for step in process.steps:
        clock += step.waits
        stops.append(Stop(f"{clock:g}", step.who, f"waited {step.waits:g}, works {step.works:g}: {step.does}"))
        clock += step.works
    return Walk(f"{process.name}, in {process.unit}", [*stops, Stop(f"{clock:g}", "end", process.ends_with)])


def scores(process: Any) -> tuple[int, int, int, int]:
    """Return the four scores of a process."""
    return process.value, process.data, process.risk, process.change


def expect_map(process: Any, where: Callable[..., str]) -> None:
    """Raise NotYet unless a process has two ends, waits, hand-offs with owners, and sums that fit its steps."""
    unit, steps = process.unit, process.steps
    expect(
        process.starts_with.lower() != process.ends_with.lower(),
        f"{where('ends_with')}: the process starts and ends with `{process.ends_with}`; name the event that ends it, "
        f"so "
        "that two people with a watch would stop at the same moment.",
    )
    for n, step in enumerate(steps):
        expect_role(step.who, where("steps", n, "who"), "who")
    waits, works = sum(step.waits for step in steps), sum(step.works for step in steps)
    roles = [" ".join(step.who.lower().split()) for step in steps]
    handoffs = sum(a != b for a, b in itertools.pairwise(roles))
    slack = 0.006 * len(steps) + 1e-9  # steps may be rounded to two digits
    expect(
        waits > 0,
        f"{where('steps')}: no step of {process.name} waits. Between two people there is a tray, a queue or a phone "
        f"that "
        "rings: ask how long the last one lay there. A map without waits is a chart of who works here.",
    )
    expect(
        handoffs > 0,
        f"{where('steps')}: {process.name} never changes hands ({steps[0].who} does every step); follow it to where "
        "somebody else takes over, since that is where things wait.",
    )
    for key, right, how in (
        ("waiting", waits, f"the waits of its {len(steps)} steps add up to"),
        ("total", waits + works, f"waits of {waits:g} and work of {works:g} make"),
    ):
        value = getattr(process, key)
        expect(
            abs(value - right) <= slack,
            f"{where(key)}: {key} is {value:g} {unit}, but {how} {right:.4g}. Whoever waits for "
            "the end waits for all of it, also while nobody works.",
        )
    expect(
        process.handoffs == handoffs,
        f"{where('handoffs')}: handoffs is {process.handoffs}, but from step to step `who` changes "
        f"{counted(handoffs, 'time')}: {' → '.join(step.who for step in steps)}.",
    )
    expect(
        process.model_at_step <= len(steps),
        f"{where('model_at_step')}: there is no step {process.model_at_step}; {process.name} has {len(steps)}.",
    )
