"""Days 0-30, data scientists: stays, returns and two views of them, in SQL. For learning, not for clinical use."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from wardround.grading import NotYet, expect, expect_columns, expect_one_row_each, expect_same_ids, graded
from wardround.grading.queries import Database
from wardround.hospital.cohort import cohort
from wardround.hospital.transfers import episodes

TABLES = ("patients", "admissions", "conditions", "claims")
HOME = ("HOME-MAIN", "HOME-EAST")
TWO_DIGITS = 0.0051  # days may be rounded to two digits,
THREE_DIGITS = 0.00051  # shares to three
# No cut-off here is a judgment: every query has one right answer. How far wrong answers lie from it, on seeds 1 to 60
# (751 to 904 index stays in group B): unseen in B is .17 to .44, where the EHR alone says 0 and the gap of the two
# rates .02 to .07. The EHR's rate is lower in B than in A on 60 of 60 seeds, the claims' rate on 37: that is chance.
# On these seeds 1 - ehr_rate / claims_rate equals unseen; in HAND_MADE it does not (see "planned first").

# Encounters written by hand. Times are days after 2024-03-01 08:00 (MINUTE is one minute of them).
MINUTE = 1 / (24 * 60)
TO_END = (pd.Timestamp("2025-01-01") - pd.Timestamp("2024-03-01 08:00")) / pd.Timedelta(days=1)
NIGHT = 15 / 24  # 23:00
HAND_MADE = [
    # encounter, patient, group, class, facility, ward, source, admitted, discharged, disposition
    (9001, "moved once", "A", "inpatient", "HOME-MAIN", "CARD", "emergency", 0, 1.5, "transfer_acute"),
    (9002, "moved once", "A", "inpatient", "HOME-EAST", "SURG", "transfer", 1.6, 7, "home"),
    (9003, "moved twice, and back", "B", "inpatient", "HOME-EAST", "MED", "emergency", 0, 2, "transfer_acute"),
    (9004, "moved twice, and back", "B", "inpatient", "OTHER", "CARD", "transfer", 2.1, 5, "transfer_acute"),
    (9005, "moved twice, and back", "B", "inpatient", "HOME-MAIN", "SURG", "transfer", 5.2, 9, "snf"),
    (9006, "moved twice, and back", "B", "inpatient", "HOME-MAIN", "MED", "emergency", 20, 23.25, "home"),
    (9007, "comes by transfer from outside the data", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 3, "home"),
    (9008, "comes by transfer from outside the data", "A", "inpatient", "HOME-MAIN", "MED", "transfer", 50, 52, "home"),
    (9009, "never arrives", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 2, "transfer_acute"),
    (9010, "never arrives", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 12, 15, "home"),
    (9011, "back after 40 minutes", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 2, "home"),
    (9012, "back after 40 minutes", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 2 + 40 * MINUTE, 6, "home"),
    (9013, "one night", "A", "inpatient", "HOME-MAIN", "ONC", "emergency", NIGHT, NIGHT + 2 / 24, "home"),
    (9014, "dies", "C", "inpatient", "HOME-MAIN", "ORTHO", "emergency", 0, 20, "expired"),
    (9015, "breaks a hip", "A", "inpatient", "HOME-MAIN", "ORTHO", "emergency", 1, 3, "home"),
    (9016, "after exactly 30 days", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 5, "home"),
    (9017, "after exactly 30 days", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 35, 40, "home"),
    (9018, "one minute too late", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 5, "home"),
    (9019, "one minute too late", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 35 + MINUTE, 40, "home"),
    (9020, "planned return, then moved", "A", "inpatient", "HOME-MAIN", "ONC", "emergency", 0, 4, "home"),
    (9022, "planned return, then moved", "A", "inpatient", "HOME-MAIN", "ONC", "scheduled", 18, 19, "transfer_acute"),
    (9021, "planned return, then moved", "A", "inpatient", "OTHER", "SURG", "transfer", 19.1, 22, "home"),
    (9023, "planned first, unplanned later", "B", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 3, "home"),
    (9024, "planned first, unplanned later", "B", "inpatient", "OTHER", "MED", "scheduled", 12, 14, "home"),
    (9025, "planned first, unplanned later", "B", "inpatient", "HOME-MAIN", "MED", "emergency", 20, 24, "home"),
    (9026, "visits only", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 5, "home_health"),
    (9027, "visits only", "A", "emergency", "HOME-MAIN", "ED", "emergency", 6, 6.2, "home"),
    (9028, "visits only", "A", "observation", "HOME-MAIN", "OBS", "emergency", 8, 9.1, "home"),
    (9029, "visits only", "A", "emergency", "HOME-MAIN", "ED", "emergency", 90, 90.1, "home"),
    (9030, "only ever an emergency visit", "B", "emergency", "HOME-MAIN", "ED", "emergency", 3, 3.2, "home"),
    (9031, "back elsewhere", "B", "inpatient", "HOME-MAIN", "SURG", "emergency", 0, 3, "home"),
    (9032, "back elsewhere", "B", "inpatient", "OTHER", "SURG", "emergency", 10, 14, "home"),
    (9041, "back elsewhere, sooner", "B", "inpatient", "HOME-MAIN", "CARD", "emergency", 0, 6, "home"),
    (9042, "back elsewhere, sooner", "B", "inpatient", "OTHER", "MED", "emergency", 7, 9, "home"),
    (9033, "elsewhere first", "C", "inpatient", "OTHER", "MED", "emergency", 0, 3, "home"),
    (9034, "elsewhere first", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 10, 14, "home"),
    (9035, "left against advice, and back", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 1, "ama"),
    (9036, "left against advice, and back", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 3, 8, "home"),
    (9037, "back, and dies", "B", "inpatient", "HOME-EAST", "CARD", "emergency", 0, 3, "snf"),
    (9038, "back, and dies", "B", "inpatient", "HOME-EAST", "CARD", "emergency", 7, 12, "expired"),
    (
        9039,
        "30 days before the end",
        "A",
        "inpatient",
        "HOME-MAIN",
        "MED",
        "emergency",
        99,
        TO_END - 30,
        "home",
    ),
    (9040, "a minute less", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 99, TO_END - 30 + MINUTE, "home"),
    (9043, "back, and sent on", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 3, "home"),
    (9044, "back, and sent on", "C", "inpatient", "HOME-MAIN", "MED", "emergency", 10, 12, "transfer_acute"),
    (9045, "visits on the way", "B", "inpatient", "HOME-MAIN", "CARD", "emergency", 0, 2, "transfer_acute"),
    (9046, "visits on the way", "B", "emergency", "HOME-EAST", "ED", "emergency", 2.02, 2.05, "home"),
    (9047, "visits on the way", "B", "observation", "HOME-EAST", "OBS", "emergency", 2.05, 2.09, "home"),
    (9048, "visits on the way", "B", "inpatient", "HOME-EAST", "MED", "transfer", 2.1, 5, "home"),
    (9049, "ten days on the way", "A", "inpatient", "HOME-MAIN", "MED", "emergency", 0, 2, "transfer_acute"),
    (9050, "ten days on the way", "A", "inpatient", "HOME-MAIN", "SURG", "transfer", 12, 15, "home"),
    (9051, "visits only", "A", "emergency", "HOME-MAIN", "ED", "emergency", 90.3, 90.4, "home"),
    (9052, "visits only", "A", "emergency", "OTHER", "ED", "emergency", 95, 95.1, "home"),
    (9053, "half an hour", "C", "inpatient", "HOME-MAIN", "ONC", "emergency", 0, 0.5 / 24, "home"),
]
DENIED = (9019, 9034)  # their claims were denied; the patients were there all the same
BOTH, BILLED, LISTED = ("billing", "problem list"), ("billing",), ("problem list",)
# Stays with a condition, and who recorded it: heart failure, ischemic heart disease, respiratory failure, depression.
FAILING = {9003: BOTH, 9006: BOTH, 9011: BOTH, 9020: BILLED, 9036: LISTED, 9048: BOTH}
WEAK_HEARTS, SHORT_OF_BREATH = {9015: BOTH}, {9016: BOTH}
DEPRESSED = {9001: BOTH, 9006: BILLED, 9026: BOTH}

LEG = (
    "the patient came by transfer and the row before ended with one, so it goes on that stay; counted apart, "
    "one illness looks like two short stays"
)
LATER_LEG = (
    "it is not the first row of its stay by time, however low its encounter_id: the stay_id is that of the row with "
    "the earliest admit_time"
)
NO_STAY = {
    "emergency": "it is an emergency visit; nobody lay in a ward",
    "observation": "it is an observation visit, not an admission",
    "unknown": "the table has no such encounter",
}
OWN_STAY = "it begins one: the row before did not end with a transfer, so the first half is outside the data"
NEVER_ARRIVED = "it begins one: the patient did not come by transfer, however the row before ended"
NOT_INDEX = {
    "died": "the patient died in it; nobody comes back from that, so keeping it makes the ward's rate look too good",
    "against advice": "the patient left against medical advice; the ward could not prepare that discharge",
    "transferred": "it ended with a transfer whose second half is not in the data; nobody saw the patient go home",
    "last 30 days": "the data end less than 30 days after its discharge, so a return could go unseen",
}
INDEX = "the patient went home alive from it, not against advice, 30 days or more before the data end"
NOT_READMITTED = {
    "planned return": "the next stay was planned; counting it blames the ward for good follow-up",
    "late return": "the next stay began more than 30 days (30 x 24 hours) after the discharge",
    "emergency visit": "the patient only came to the emergency department; that is a visit, not a stay",
    "observation visit": "the patient was only kept for observation; that is a visit, not a stay",
    "no return": "no stay of that patient follows it",
}
READMITTED = "an unplanned stay of that patient, at one of the hospitals, began within 30 days"
LOS_WHY = {
    "stays": "Count rows of `stays`, the dead as well: what is left out was in a bed.",
    "died": "Count the stays whose disposition is 'expired'.",
    "mean_days": "Every stay counts, to the minute: who lay there from 23:00 to 01:00 did so for 0.083 days, not 1.",
    "median_days": "It is the middle length of all stays, to the minute; of an even number, halfway between two.",
}
COHORT_WHY = {
    "heart_failure": "One source is enough, at any of the patient's stays.",
    "stays": "Count each stay once: a join that repeats rows makes the patient look like a frequent visitor.",
    "days": "Add up each stay once: a join that repeats rows puts the patient into beds that stood empty.",
    "emergency_visits": "Count rows of the class 'emergency', and 0 for patients without one.",
}
VIEWS_WHY = {
    "index_stays": "They are the inpatient rows that HOME-MAIN or HOME-EAST discharged and that can be followed; a "
    "denied bill is a stay all the same.",
    "ehr_rate": "Apply the rule as if the inpatient rows of HOME-MAIN and HOME-EAST were all there is.",
    "claims_rate": "The next row may be at any hospital: patients do not stay loyal to suit our report.",
    "unseen": "It is the part of the readmissions in the claims that our own record does not show; where it differs "
    "between groups, a ranking of groups by our own record is wrong.",
}


def hand_made() -> dict[str, pd.DataFrame]:
    """Return the tables of the encounters written by hand, rows in no order."""
    names = ["encounter_id", "patient", "group", "class", "facility", "ward", "admit_source", "admit", "discharge"]
    rows = pd.DataFrame(HAND_MADE, columns=[*names, "disposition"])
    for moment in ("admit", "discharge"):
        days = pd.to_timedelta(rows[moment], unit="D")
        rows[f"{moment}_time"] = (pd.Timestamp("2024-03-01 08:00") + days).dt.round("min").astype("datetime64[us]")
    rows["patient_id"] = 501 + rows["patient"].factorize()[0]
    rows["planned"] = rows["admit_source"] == "scheduled"
    rows["prior_year_admissions"] = 0
    size, denied = len(rows), rows["encounter_id"].isin(DENIED)
    filed = rows["discharge_time"].dt.normalize() + pd.Timedelta(days=14)
    never = pd.Series(pd.NaT, index=rows.index, dtype="datetime64[us]")
    bill = {"claim_id": np.arange(size) + 1, "payer": "commercial", "billed": 9000.0, "allowed": 4500.0}
    fate = {
        "paid": np.where(denied, 0.0, 4500.0),
        "authorized": ~denied,
        "documented": True,
        "filed_date": filed,
        "denied_date": (filed + pd.Timedelta(days=20)).where(denied),
        "appealed_date": never,
        "decided_date": never,
        "denial_reason": np.where(denied, "no authorization", ""),
        "status": np.where(denied, "denied", "paid"),
    }
    billed = [
        "encounter_id",
        "patient_id",
        "facility",
        "class",
        "planned",
        "admit_time",
        "discharge_time",
        "disposition",
    ]
    people = rows.drop_duplicates("patient_id")[["patient_id", "group"]]
    people = people.assign(age=70, sex="F", deprivation=3, payer="commercial", lives_alone=False)
    at = rows.set_index("encounter_id")
    recorded = [
        (stay, at.loc[stay, "patient_id"], name, code, source, at.loc[stay, "discharge_time"])
        for name, code, stays in (
            ("heart failure", "I50.9", FAILING),
            ("depression", "F32.A", DEPRESSED),
            ("ischemic heart disease", "I25.9", WEAK_HEARTS),
            ("respiratory failure", "J96.9", SHORT_OF_BREATH),
        )
        for stay, sources in stays.items()
        for source in sources
    ]
    columns = ["encounter_id", "patient_id", "condition", "code", "source", "recorded_time"]
    tables = {
        "patients": people[["patient_id", "age", "sex", "group", "deprivation", "payer", "lives_alone"]],
        "admissions": rows.drop(columns=["patient", "group", "admit", "discharge"]),
        "conditions": pd.DataFrame(recorded, columns=columns),
        "claims": rows[[*billed, "disposition"]].assign(**bill, **fate),
    }
    return {name: table.sample(frac=1, random_state=3).reset_index(drop=True) for name, table in tables.items()}


def tables_to_ask(hospital) -> Iterator[tuple[str, dict[str, pd.DataFrame]]]:
    """Yield where a query is tried, in words, and the tables there."""
    small = hand_made()
    yield "on HAND_MADE", small
    yield (
        "on HAND_MADE with its rows turned round",
        {name: t.iloc[::-1].reset_index(drop=True) for name, t in small.items()},
    )
    yield "on the hospital", {name: hospital.public(name) for name in TABLES}


def right_stays(admissions: pd.DataFrame) -> pd.DataFrame:
    """Return what stays.sql has to give, and `last_id`, the encounter_id of a stay's last row."""
    rows = admissions.assign(stay_id=episodes(arrays(admissions))).sort_values("admit_time")
    rows = rows[rows["class"] == "inpatient"]
    return rows.groupby("stay_id", as_index=False).agg(
        patient_id=("patient_id", "first"),
        ward=("ward", "first"),
        planned=("planned", "first"),
        admit_time=("admit_time", "first"),
        discharge_time=("discharge_time", "last"),
        disposition=("disposition", "last"),
        last_id=("encounter_id", "last"),
    )


def arrays(table: pd.DataFrame) -> dict[str, Any]:
    """Return a table's columns as the hospital's own functions take them."""
    return {name: np.asarray(column) for name, column in table.items()}


def asked(document, name: str, tables: dict[str, pd.DataFrame], columns: dict[str, str], where: str) -> pd.DataFrame:
    """Run an answer file over these tables and return the columns that the brief asks for, clean."""
    text = document(name)
    with Database(tables) as database:
        return expect_columns(database.run(text, name=name), columns, call=f"{name} {where}", sql=True)


def with_stays(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add the right `stays`: an error in stays.sql costs its own points only."""
    return {"stays": right_stays(tables["admissions"]).drop(columns="last_id"), **tables}


def expect_cells(
    got: pd.DataFrame,
    wanted: pd.DataFrame,
    *,
    call: str,
    key: str,
    within: dict[str, float],
    why: dict[str, str],
    shown: Callable[[Any], str] = lambda key: "",
) -> None:
    """Raise NotYet for the first column that differs, with its first row that does."""
    expect_one_row_each(got[key], wanted[key], call=call, item=key.removesuffix("_id"))
    mine, right = got.set_index(key).loc[wanted[key]], wanted.set_index(key)
    for name, reason in why.items():
        a, b = np.asarray(mine[name]), np.asarray(right[name])
        if name in within:
            unlike = np.abs(a.astype(float) - b.astype(float)) > within[name]
        else:
            unlike = np.array([x != y for x, y in zip(a.tolist(), b.tolist(), strict=True)], dtype=bool)
        if not unlike.any():
            continue
        rows, more = np.flatnonzero(unlike), int(unlike.sum()) - 1
        n = next((row for row in rows if shown(right.index[row])), rows[0])  # the first that can be looked up
        place = f"{key.removesuffix('_id')} {right.index[n]}"
        others = f" ({more:,} more like it)" if more else ""
        raise NotYet(
            f"{call} gives {name} = {cell(mine[name].iloc[n])} for {place}, "
            f"but it is {cell(right[name].iloc[n])}{others}."
            f" {reason} {shown(right.index[n])}".rstrip()
        )


def cell(value: Any) -> str:
    """Return a value as a person writes it."""
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:.5g}" if isinstance(value, float) else str(value)


def rows_of(patient: int, table: pd.DataFrame) -> str:
    """Return up to six of a patient's rows of admissions or stays, in order, as a sentence."""
    rows = table[table["patient_id"] == patient].sort_values("admit_time")
    key = "encounter_id" if "encounter_id" in rows else "stay_id"
    said = [
        f"{getattr(row, key)} {getattr(row, 'kind', '')}{', planned' if row.planned else ''}"
        f"{f', from {row.admit_source}' if 'admit_source' in rows else ''}, {cell(row.admit_time)} to "
        f"{cell(row.discharge_time)}, {row.disposition}".replace("  ", " ").replace(" ,", ",")
        for row in rows.head(6).rename(columns={"class": "kind"}).itertuples()
    ]
    return f"The rows of patient {patient}: {'; '.join(said)}{' …' if len(rows) > 6 else ''}."


def expect_marks(got, wanted, table: pd.DataFrame, key: str, **words: Any) -> None:
    """Compare ids as expect_same_ids does; show the patient's rows behind the first wrong one."""
    try:
        expect_same_ids(got, wanted, **words)
    except NotYet as verdict:
        first = min(set(got) - set(wanted) or set(wanted) - set(got))
        patient = table.loc[table[key] == first, "patient_id"]
        rows = rows_of(int(patient.iloc[0]), table) if len(patient) else ""
        raise NotYet(f"{verdict.sentence} {rows}".strip()) from None


def once_each(ids: pd.Series, call: str, item: str = "stay") -> None:
    """Raise NotYet if an id stands there twice."""
    twice = ids[ids.duplicated()].tolist()
    expect(not twice, lambda: f"{call} has {item} {twice[0]} in {int((ids == twice[0]).sum())} rows; expected one.")


@graded(points=20, hint="Which two signs, in which two rows, tell that a patient was moved and not discharged?")
def test_stays_join_transfers(document, hospital):
    """Both halves of a transfer are one stay"""
    columns = {"stay_id": "id", "patient_id": "id", "ward": "text", "planned": "bool"}
    columns |= {"admit_time": "time", "discharge_time": "time", "disposition": "text"}
    why = {
        "patient_id": "A stay belongs to one patient.",
        "ward": "It is the ward of the stay's first row: where the patient was admitted.",
        "planned": "It is that of the stay's first row: whether the patient's coming was planned.",
        "admit_time": "It is that of the stay's first row.",
        "discharge_time": "It is that of the stay's last row: until then the patient was in a bed.",
        "disposition": "It is that of the stay's last row: how the patient left hospital in the end.",
    }
    for where, tables in tables_to_ask(hospital):
        call, admissions = f"stays.sql {where}", tables["admissions"]
        stays = asked(document, "stays.sql", tables, columns, where)
        once_each(stays["stay_id"], call)
        wanted = right_stays(admissions)
        kind = admissions.set_index("encounter_id")["class"].to_dict()
        before = admissions.set_index("encounter_id")["admit_source"].to_dict()
        firsts, given = set(wanted["stay_id"]), set(stays["stay_id"])
        first_of = dict(zip(admissions["encounter_id"], episodes(arrays(admissions)).tolist(), strict=True))

        def explain(row: Any, *, kind=kind, before=before, firsts=firsts, given=given, first_of=first_of) -> str:
            first = first_of.get(row, row)
            if row not in firsts and first in firsts and first not in given:
                return LATER_LEG
            if row in firsts:
                return OWN_STAY if before[row] == "transfer" else NEVER_ARRIVED
            return LEG if kind.get(row) == "inpatient" else NO_STAY[kind.get(row, "unknown")]

        words = {"call": call, "marked": "as a stay of its own", "why": explain, "item": "row"}
        expect_marks(stays["stay_id"], wanted["stay_id"], admissions, "encounter_id", **words)
        patient = wanted.set_index("stay_id")["patient_id"]
        expect_cells(
            stays, wanted, call=call, key="stay_id", within={}, why=why,
            shown=lambda stay, patient=patient, admissions=admissions: rows_of(patient[stay], admissions),
        )  # fmt: skip


@graded(
    points=15,
    hint="Take the stay from 23:00 to 01:00, and one that ended with death, through your query by hand.",
)
def test_length_of_stay(document, hospital):
    """Length of stay keeps the hours, and the dead"""
    columns = {"ward": "text", "stays": "number", "died": "number", "mean_days": "number", "median_days": "number"}
    for where, tables in tables_to_ask(hospital):
        given = with_stays(tables)
        rows = asked(document, "los.sql", given, columns, where)
        stays = given["stays"]

        def shown(ward: str, stays=stays) -> str:
            there = stays[stays["ward"] == ward].sort_values("admit_time")
            spans = [f"{cell(s.admit_time)} to {cell(s.discharge_time)}, {s.disposition}" for s in there.itertuples()]
            return f"Its stays: {'; '.join(spans)}." if len(spans) <= 5 else ""

        expect_cells(
            rows, right_los(stays), call=f"los.sql {where}", key="ward", why=LOS_WHY, shown=shown,
            within={"stays": 0, "died": 0, "mean_days": TWO_DIGITS, "median_days": TWO_DIGITS},
        )  # fmt: skip


def right_los(stays: pd.DataFrame) -> pd.DataFrame:
    """Return what los.sql has to give."""
    days = (stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1)
    return (
        stays.assign(days=days, dead=stays["disposition"] == "expired")
        .groupby("ward", as_index=False)
        .agg(stays=("days", "size"), died=("dead", "sum"), mean_days=("days", "mean"), median_days=("days", "median"))
    )


@graded(points=20, hint="Look for the next stay among all stays first. Leave out those that do not count afterwards.")
def test_readmissions(document, hospital):
    """A readmission is an unplanned stay within 30 days"""
    for where, tables in tables_to_ask(hospital):
        call, given = f"readmission.sql {where}", with_stays(tables)
        got = asked(document, "readmission.sql", given, {"stay_id": "id", "readmit30": "bool"}, where)
        once_each(got["stay_id"], call)
        stays = right_stays(tables["admissions"])
        why = dict(
            zip(tables["admissions"]["encounter_id"], cohort(arrays(tables["admissions"])).why.tolist(), strict=True)
        )
        why = {stay: why[last] for stay, last in zip(stays["stay_id"], stays["last_id"], strict=True)}
        index = [stay for stay, reason in why.items() if reason not in NOT_INDEX]
        expect_marks(
            got["stay_id"], index, given["stays"], "stay_id", call=call, marked="as an index stay",
            why=lambda stay, why=why: NOT_INDEX.get(why[stay], INDEX) if stay in why else "`stays` has no such stay",
        )  # fmt: skip
        expect_marks(
            got.loc[got["readmit30"], "stay_id"], [stay for stay in index if why[stay] == "readmitted"],
            given["stays"], "stay_id", call=call, marked="as readmitted",
            why=lambda stay, why=why: NOT_READMITTED.get(why[stay], READMITTED),
        )  # fmt: skip


@graded(points=15, hint="Count the rows and add up the days before each join and after it.")
def test_cohort_has_one_row_a_patient(document, hospital):
    """The cohort has one row a patient, and joins repeat nothing"""
    columns = {"patient_id": "id", "heart_failure": "bool", "stays": "number", "days": "number"}
    columns |= {"emergency_visits": "number"}
    for where, tables in tables_to_ask(hospital):
        given = with_stays(tables)
        got = asked(document, "cohort.sql", given, columns, where)
        expect_cells(
            got, right_cohort(given), call=f"cohort.sql {where}", key="patient_id",
            within={"stays": 0, "days": TWO_DIGITS, "emergency_visits": 0}, why=COHORT_WHY,
            shown=lambda patient, given=given: rows_of(patient, given["stays"]),
        )  # fmt: skip


def right_cohort(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what cohort.sql has to give."""
    stays, conditions, admissions = tables["stays"], tables["conditions"], tables["admissions"]
    days = (stays["discharge_time"] - stays["admit_time"]) / pd.Timedelta(days=1)
    found = stays.assign(days=days).groupby("patient_id").agg(stays=("days", "size"), days=("days", "sum"))
    failing = conditions.loc[conditions["condition"] == "heart failure", "patient_id"]
    visits = admissions.loc[admissions["class"] == "emergency", "patient_id"].value_counts()
    found["heart_failure"] = found.index.isin(failing)
    found["emergency_visits"] = visits.reindex(found.index).fillna(0)
    return found.reset_index()


@graded(
    points=20,
    hint="Follow one patient of group B through `claims` by hand. Which rows would our own record hold?",
)
def test_claims_show_what_the_record_misses(document, hospital):
    """Claims show the returns that our own record misses"""
    columns = {"group": "text", "index_stays": "number", "ehr_rate": "number", "claims_rate": "number"}
    columns |= {"unseen": "number"}
    for where, tables in tables_to_ask(hospital):
        got = asked(document, "ehr_vs_claims.sql", tables, columns, where)
        expect_cells(
            got, right_views(tables), call=f"ehr_vs_claims.sql {where}", key="group",
            within={"index_stays": 0, "ehr_rate": THREE_DIGITS, "claims_rate": THREE_DIGITS, "unseen": THREE_DIGITS},
            why=VIEWS_WHY, shown=lambda group, tables=tables: readmitted_by_hand(group, right_judgments(tables)),
        )  # fmt: skip


def right_judgments(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per index stay of our own: its id, its group, and which view shows a return."""
    claims = tables["claims"]
    own = claims[claims["facility"].isin(HOME)].reset_index(drop=True)
    everywhere, here = cohort(arrays(claims)), cohort(arrays(own))
    seen = own[["encounter_id", "patient_id"]].assign(ehr=here.readmitted)
    seen["claims"] = seen["encounter_id"].isin(claims["encounter_id"][everywhere.readmitted])
    return seen[here.eligible].merge(tables["patients"][["patient_id", "group"]], on="patient_id")


def right_views(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return what ehr_vs_claims.sql has to give."""
    judged = right_judgments(tables)
    groups = judged.assign(unseen=judged["claims"] & ~judged["ehr"]).groupby("group", as_index=False)
    found = groups.agg(
        index_stays=("ehr", "size"),
        ehr_rate=("ehr", "mean"),
        claims_rate=("claims", "mean"),
        readmitted=("claims", "sum"),
        unseen=("unseen", "sum"),
    )
    return found.assign(unseen=found["unseen"] / found["readmitted"])


def readmitted_by_hand(group: str, judged: pd.DataFrame) -> str:
    """Return a group's index stays, if they are few, each with the view that shows a return, as a sentence."""
    rows = judged[judged["group"] == group].sort_values("encounter_id")
    if len(rows) > 20:
        return ""
    words = {
        (True, True): " (readmitted in both views)",
        (True, False): " (readmitted in the EHR only)",
        (False, True): " (readmitted in the claims only)",
        (False, False): "",
    }
    return (
        f"Its index stays: {', '.join(f'{row.encounter_id}{words[row.ehr, row.claims]}' for row in rows.itertuples())}."
    )


VAGUE = {  # an owner of none but such words is nobody in particular; "head nurse" has a word of its own
    "all",
    "and",
    "clinicians",
    "departments",
    "doctors",
    "everybody",
    "everyone",
    "hospital",
    "management",
    "n/a",
    "nobody",
    "none",
    "nurses",
    "or",
    "physicians",
    "staff",
    "tbd",
    "team",
    "teams",
    "us",
    "we",
}


@graded(points=10, hint="Copy the numbers from your own results. Who would have to change what on Monday?")
def test_brief_says_who_does_what(document, practice):
    """The brief has owners, and numbers that the queries give"""
    shares = ("a_ehr_rate", "a_claims_rate", "b_ehr_rate", "b_claims_rate", "b_unseen")
    sentences = ("ward_action", "b_action", "do_not_conclude")
    fields = {"ward": str, "ward_stays": int, "ward_median_days": float, "ward_action": str, "ward_owner": str}
    fields |= dict.fromkeys(shares, float) | {"b_action": str, "b_owner": str, "do_not_conclude": str}
    brief = document("brief.yaml", fields)
    tables = {name: practice.public(name) for name in ("patients", "admissions", "claims")}
    los = right_los(right_stays(tables["admissions"])).set_index("ward")
    views = right_views(tables).set_index("group")
    ward = brief["ward"].strip()
    expect(
        ward in los.index,
        lambda: f"{brief.where('ward')}: there is no ward {ward}; choose one of {', '.join(los.index)}.",
    )
    right = {"ward_stays": los.loc[ward, "stays"], "ward_median_days": los.loc[ward, "median_days"]}
    right |= {key: views.loc[key[0].upper(), key[2:]] for key in shares}
    within = {"ward_stays": 0, "ward_median_days": TWO_DIGITS}
    for key, value in right.items():
        written = f"{value:.0f}" if within.get(key) == 0 else f"{value:.3f}"
        remedy = "Run `python show.py`, and mend the query first if its check is not done."
        if key in shares and brief[key] > 1:
            remedy = "Write a share between 0 and 1, not percent."
        expect(
            abs(brief[key] - value) <= within.get(key, THREE_DIGITS),
            f"{brief.where(key)}: {key} is {brief[key]:g}, but in the practice hospital it is {written}. {remedy}",
        )
    for key in ("ward_owner", "b_owner"):
        owner = brief[key].strip()
        named = {
            word for word in owner.lower().replace(",", " ").strip(".").split() if word not in {"the", "a", "our", "of"}
        }
        expect(
            not named <= VAGUE,
            f"{brief.where(key)}: {key} is `{owner}`; name one role, such as head nurse: what all own, nobody does.",
        )
    for key in sentences:
        wanted = "what nobody should conclude" if key == "do_not_conclude" else "who does what differently, and when"
        expect(
            len(brief[key].split()) >= 6,
            f"{brief.where(key)}: {key} is `{brief[key]}`; write a whole sentence on {wanted}.",
        )
    same = [key for key in sentences if sum(brief[key] == brief[other] for other in sentences) > 1]
    expect(
        not same, lambda: f"{brief.where(same[0])}: {same[0]} and {same[1]} say the same; write each its own sentence."
    )
