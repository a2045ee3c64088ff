"""Days 61-90, data scientists: two case studies that say what they rest on. For learning, not for clinical use."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from wardround.grading import (
    expect,
    expect_close,
    expect_columns,
    expect_one_row_each,
    expect_unchanged,
    graded,
)
from wardround.grading.overclaims import Claims, overclaim
from wardround.hospital.call_list import call_list
from wardround.wording import listed

# No cut-off in this file rests on a random draw: every number has one right value for the given tables, and what is
# allowed beside it is rounding. On seeds 1 to 60, in the table of 600 patients: dividing a variance by n instead of
# n - 1 moves a distance by .0016 at most. The nearest mistakes: filling gaps with the mean moves one by .028 or more,
# dropping incomplete rows by .044 or more, and shares of all rows are off by .076 or more.
WITHIN = 0.003
PRACTICE_SEED = 1  # the forms' numbers are about this hospital, whatever other seeds are graded
DESCRIBED = ["age", "sex", "lives_alone", "payer", "planned", "ward", "prior_year_admissions", "wbc"]

CALL_FIRST = 'first_day(admissions, labs, "{}")'
MEASURED, NOT_ORDERED, NOT_SENT = "measured", "not ordered", "not sent"
STATUS_WHY = {
    MEASURED: "a result was reported within 24 hours of admit_time",
    NOT_ORDERED: "no result was reported within 24 hours of admit_time, and the hospital sends results",
    NOT_SENT: "that hospital sends no results, so nobody here can know whether one was ordered",
}


# Missing values ------------------------------------------------------------------------------------------------------

MINUTE = 1 / (24 * 60)
RESULTS_BY_HAND = [
    # stay, hospital, ending, [(days after admission, test, value)], status, value
    (9001, "HOME-MAIN", "expired", [(0.5, "lactate", 4.1), (0.2, "lactate", 3.2)], MEASURED, 3.2),
    (9002, "HOME-EAST", "home", [(1.0, "lactate", 2.2)], MEASURED, 2.2),
    (9003, "HOME-MAIN", "home", [(1 + MINUTE, "lactate", 2.9)], NOT_ORDERED, np.nan),
    (9004, "HOME-MAIN", "home", [(0.2, "sodium", 139.0)], NOT_ORDERED, np.nan),
    (9005, "HOME-EAST", "expired", [], NOT_ORDERED, np.nan),
    (9006, "OTHER", "expired", [], NOT_SENT, np.nan),
    (9007, "OTHER", "home", [], NOT_SENT, np.nan),
    (9008, "HOME-MAIN", "snf", [(0.3, "lactate", 0.9), (1.2, "lactate", 3.8)], MEASURED, 0.9),
]


def by_hand() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return admissions and labs written by hand, in no order; stay 9009 is an emergency visit with a result."""
    begin = pd.Timestamp("2024-03-01 08:00")
    stays = [(stay, place, ending, "inpatient") for stay, place, ending, *_ in RESULTS_BY_HAND]
    admissions = pd.DataFrame(
        [*stays, (9009, "HOME-MAIN", "home", "emergency")], columns=["encounter_id", "facility", "disposition", "class"]
    )
    admissions["patient_id"] = admissions["encounter_id"] - 8500
    admissions["ward"], admissions["planned"], admissions["prior_year_admissions"] = "MED", False, 0
    admissions["admit_source"] = "emergency"
    admissions["admit_time"] = pd.Series([begin] * len(admissions), dtype="datetime64[us]")
    admissions["discharge_time"] = admissions["admit_time"] + pd.Timedelta(days=3)
    rows = [(stay, *row) for stay, _, _, results, *_ in RESULTS_BY_HAND for row in results] + [
        (9009, 0.1, "lactate", 5)
    ]
    labs = pd.DataFrame(rows, columns=["encounter_id", "day", "lab", "value"])
    labs["patient_id"] = labs["encounter_id"] - 8500
    labs["time"] = (begin + pd.to_timedelta(labs["day"], unit="D")).dt.round("min").astype("datetime64[us]")
    labs["unit"] = "mmol/L"
    columns = ["encounter_id", "patient_id", "time", "lab", "value", "unit"]
    return admissions.sample(frac=1, random_state=2).reset_index(drop=True), labs[columns].reset_index(drop=True)


def first_results(admissions: pd.DataFrame, labs: pd.DataFrame, lab: str) -> pd.DataFrame:
    """Return status and value of every inpatient stay, indexed by encounter_id."""
    stays = admissions[admissions["class"] == "inpatient"].set_index("encounter_id")
    results = labs[(labs["lab"] == lab) & labs["encounter_id"].isin(stays.index)]
    waited = results["time"] - results["encounter_id"].map(stays["admit_time"])
    early = results[waited <= pd.Timedelta(hours=24)].sort_values("time").drop_duplicates("encounter_id")
    value = early.set_index("encounter_id")["value"].astype(float).reindex(stays.index)
    status = np.select([value.notna(), stays["facility"] == "OTHER"], [MEASURED, NOT_SENT], NOT_ORDERED)
    return pd.DataFrame({"status": status, "value": value}, index=stays.index)


@graded(points=15, hint="Begin with all stays and bring the results to them. Which hospital sends none at all?")
def test_missing_values_stay_missing(submission, hospital):
    """A missing lactate is told by its reason, and stays missing"""
    real = hospital.public("admissions"), hospital.public("labs")
    for tables in ((*by_hand(), "lactate"), (*real, "lactate"), (*real, "sodium")):
        admissions, labs, lab = tables
        call = CALL_FIRST.format(lab)
        result, after = submission.first_day.keeping_inputs(admissions, labs, lab)
        for name, before, left in zip(("admissions", "labs"), (admissions, labs), after, strict=False):
            expect_unchanged(before, left, call=call, name=name)
        found = expect_columns(result, {"encounter_id": "id", "status": "text", "value": "any"}, call=call)
        truth = first_results(admissions, labs, lab)
        expect_one_row_each(found["encounter_id"], truth.index, call=call)
        truth = truth.loc[found["encounter_id"].to_numpy()]
        value = floats(found["value"])

        right = bool((found["status"].to_numpy() == truth["status"].to_numpy()).all())
        expect(right, lambda: status_fault(call, found, truth, tables))  # noqa: B023
        filled = np.flatnonzero(~np.isnan(value) & truth["value"].isna().to_numpy())
        expect(
            not filled.size,
            lambda: (
                f"{call} gives stay {truth.index[filled[0]]} the value {value[filled[0]]:.3g}, but it is "  # noqa: B023
                f"{truth['status'].iloc[filled[0]]} ({filled.size - 1:,} more like it). Expected NaN: "  # noqa: B023
                "the test is ordered for patients who look ill, so a filled-in average makes the well look ill."
            ),
        )
        off = np.flatnonzero(~(np.abs(value - truth["value"].to_numpy()) <= 1e-4) & truth["value"].notna().to_numpy())
        expect(
            not off.size,
            lambda: (
                f"{call} gives stay {truth.index[off[0]]} the value {value[off[0]]:.4g}; expected "  # noqa: B023
                f"{truth['value'].iloc[off[0]]:.4g}, the earliest result by `time` ({off.size - 1:,} more like it). "  # noqa: B023
                "Rows come in no order, and a later value shows what the treatment has done by then."
            ),
        )


def floats(column) -> np.ndarray:
    """Return a column as floats; NaN for what is no number, a missing value above all."""
    return pd.to_numeric(pd.Series(list(column), dtype=object), errors="coerce").to_numpy(dtype=float)


def status_fault(call, found, truth, tables) -> str:
    """Say of the first stay with a wrong status what it is, what the records hold, and what was expected."""
    admissions, labs, _ = tables
    wrong = np.flatnonzero(found["status"].to_numpy() != truth["status"].to_numpy())
    first = wrong[0]
    stay, said, right = truth.index[first], str(found["status"].iloc[first]), truth["status"].iloc[first]
    if said not in STATUS_WHY:
        return f'{call} calls the status of stay {stay} "{said}"; expected {listed(map(repr, STATUS_WHY), "or")}.'
    row = admissions.set_index("encounter_id").loc[stay]
    alike = int(np.sum((found["status"].to_numpy()[wrong] == said) & (truth["status"].to_numpy()[wrong] == right))) - 1
    lab = call.split('"')[1]
    times = labs.loc[(labs["encounter_id"] == stay) & (labs["lab"] == lab), "time"].sort_values()
    shown = f"its first {lab} was reported {times.iloc[0]:%Y-%m-%d %H:%M}" if len(times) else f"it has no {lab} result"
    return (
        f'{call} calls stay {stay} "{said}", but it is "{right}": {STATUS_WHY[right]}. (It is at {row["facility"]}, '
        f"began {row['admit_time']:%Y-%m-%d %H:%M}, and {shown}; {alike:,} more like it.)"
    )


CALL_DEATHS = "deaths_by_status(admissions, found)"


@graded(points=5, hint="For each status: how many stays, how many of those ended in death?")
def test_deaths_are_counted_in_each_status(submission, hospital):
    """Deaths are counted with and without a result"""
    tables = [by_hand(), (hospital.public("admissions"), hospital.public("labs"))]
    for admissions, labs in tables:
        found = first_results(admissions, labs, "lactate").reset_index()
        # A part of the stays, in an order of its own: what belongs together is told by the id, not by the place.
        found = found.sample(frac=0.9, random_state=hospital.seed).reset_index(drop=True)
        result, after = submission.deaths_by_status.keeping_inputs(admissions, found)
        for name, before, left in zip(("admissions", "found"), (admissions, found), after, strict=False):
            expect_unchanged(before, left, call=CALL_DEATHS, name=name)
        columns = {"status": "text", "stays": "number", "deaths": "number", "death_rate": "number"}
        got = expect_columns(result, columns, call=CALL_DEATHS)
        wanted = deaths_of(admissions, found)
        expect_one_row_each(got["status"], wanted.index, call=CALL_DEATHS, item="status value")
        got = got.set_index("status")
        for status, row in wanted.iterrows():
            for column in ("stays", "deaths", "death_rate"):
                mine = float(got.loc[status, column])
                expect(
                    abs(mine - row[column]) <= 1e-4,
                    f'{CALL_DEATHS} gives {column} = {mine:.4g} for "{status}"; expected {row[column]:.4g}: '
                    f"{row['deaths']:.0f} of these {row['stays']:.0f} stays ended in death. A rate needs the stays of "
                    "its own row below the line, or the two rows cannot be compared.",
                )


def deaths_of(admissions: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return stays, deaths and death_rate by status."""
    ending = found["encounter_id"].map(admissions.set_index("encounter_id")["disposition"])
    by = ending.eq("expired").groupby(found["status"].to_numpy())
    return pd.DataFrame({"stays": by.size(), "deaths": by.sum(), "death_rate": by.mean()})


# Table 1 --------------------------------------------------------------------------------------------------------------

CALL_TABLE1 = 'table1(df, "ill")'
TABLE1 = {"variable": "text", "level": "text", "missing_yes": "number", "missing_no": "number"}
TABLE1 |= {"yes": "any", "no": "any", "smd": "any"}
MEANS = {
    "missing_yes": "the rows of that group without a value",
    "missing_no": "the rows of that group without a value",
    "yes": "the mean, or the share of the level, among the rows of that group that have a value for this variable",
    "no": "the mean, or the share of the level, among the rows of that group that have a value for this variable",
    "smd": "yes - no, divided by the root of the mean variance (by n - 1 for numbers, s x (1 - s) for a share)",
}


def frames_to_describe(hospital) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield small tables to describe: one by hand, one of patients with values taken away, more from one group."""
    yield (
        "the table BY_HAND",
        pd.DataFrame(
            {
                "ill": [True, True, True, False, False, False, False, True],
                "age": [80.0, 70.0, np.nan, 50.0, 60.0, 55.0, np.nan, 66.0],
                "sex": ["F", "M", "F", "M", None, "M", "F", "F"],
                "alone": [True, False, True, False, False, True, False, True],
                "troponin": [14.0, 22.0, np.nan, np.nan, np.nan, np.nan, np.nan, 9.0],
                "stays": [1, 2, 0, 0, 1, 0, 2, 1],
                "home": ["flat", "house", "flat", "flat", "shelter", "flat", "house", "farm"],
                "beds": [1, 1, 1, 1, 1, 1, 1, 1],
                "dose": [9, 9, 9, 5, 5, 5, 5, 9],  # no side varies, and they differ
                "icu": [True, True, True, False, False, False, False, True],
            }
        ),
    )
    patients = hospital.public("patients").head(600)
    r = np.random.default_rng([hospital.seed, 31])
    ill = r.random(len(patients)) < 0.25 + 0.3 * (patients["age"] > patients["age"].median())
    frame = patients[["age", "sex", "payer", "lives_alone", "deprivation"]].assign(ill=ill.to_numpy())
    frame["age"] = frame["age"].astype(float).mask(r.random(len(frame)) < np.where(ill, 0.05, 0.3))
    frame["payer"] = frame["payer"].astype(object).mask(r.random(len(frame)) < np.where(ill, 0.25, 0.05), None)
    yield "600 patients", frame.sample(frac=1, random_state=hospital.seed).reset_index(drop=True)


def described(df: pd.DataFrame, group: str) -> dict[tuple[str, str], dict[str, float]]:
    """Return Table 1: (variable, level) -> the numbers of its row."""
    out = {}
    parts = {"yes": df[df[group]], "no": df[~df[group]]}
    for name in df.columns.drop(group):
        numeric = df[name].dtype.kind in "iuf"
        for level in [""] if numeric else sorted({str(value) for value in df[name].dropna()}):
            row: dict[str, float] = {}
            variance = {}
            for side, part in parts.items():
                known = part[name].dropna()
                row[f"missing_{side}"] = len(part) - len(known)
                values = known.to_numpy(dtype=float) if numeric else (known.astype(str) == level).to_numpy(dtype=float)
                row[side] = float(values.mean()) if values.size else np.nan
                variance[side] = float(values.var(ddof=1 if numeric else 0)) if values.size > 1 else np.nan
            apart = row["yes"] - row["no"]
            with np.errstate(divide="ignore"):
                row["smd"] = 0.0 if apart == 0 else np.divide(apart, np.sqrt((variance["yes"] + variance["no"]) / 2))
            out[name, level] = row
    return out


@graded(points=20, hint="Each variable by itself: count its gaps in both groups, then describe the rows that have it.")
def test_table1_counts_gaps_and_distances(submission, hospital):
    """Table 1 counts gaps and says how far groups differ"""
    for what, df in frames_to_describe(hospital):
        call = f"{CALL_TABLE1} of {what}"
        result, (after, _) = submission.table1.keeping_inputs(df, "ill")
        expect_unchanged(df, after, call=call, name="df")
        got = expect_columns(result, TABLE1, call=call)
        wanted = described(df, "ill")
        keys = list(zip(got["variable"], got["level"], strict=True))
        expect_rows(keys, list(wanted), call)
        order = [keys.index(key) for key in wanted]
        for column in MEANS:
            cells = floats(got[column])[order]
            for (key, row), mine in zip(wanted.items(), cells, strict=True):
                truth = row[column]
                allowed = WITHIN * max(1.0, abs(truth)) if column in ("yes", "no", "smd") else 0.0
                expect(
                    abs(mine - truth) <= allowed if np.isfinite(truth) else np.isnan(mine) or mine == truth,
                    lambda: f"{call} gives {column} = {mine:.4g} for {table1_fault(column, key, row)}",  # noqa: B023
                )


def expect_rows(keys: list, wanted: list, call: str) -> None:
    """Fail unless Table 1 has the wanted (variable, level) rows, each once."""
    missing = [key for key in wanted if key not in keys]
    extra = [key for key in keys if key not in wanted]
    twice = [key for key in wanted if keys.count(key) > 1]
    expect(
        not missing,
        lambda: (
            f"{call} has no row for {named(missing[0])}; expected {len(wanted)} rows: one for each variable of numbers "
            '(its level is ""), one for each level of the others, True and False included, and those that only one '
            "group has."
        ),
    )
    expect(
        not extra,
        lambda: (
            f"{call} has a row for {named(extra[0])}; expected none. Gaps are counted in missing_yes and missing_no; "
            "they are no level, and the column that parts the groups is not described."
        ),
    )
    expect(not twice, lambda: f"{call} has more than one row for {named(twice[0])}; expected one.")


def named(key: tuple[str, str]) -> str:
    variable, level = key
    return f'{variable}, level "{level}"'


def table1_fault(column: str, key: tuple[str, str], row: dict[str, float]) -> str:
    gaps = f"{row['missing_yes']:.0f} in the yes group, {row['missing_no']:.0f} in the no group"
    right = "NaN, since one group has no value at all" if np.isnan(row[column]) else f"{row[column]:.4g}"
    if np.isinf(row[column]):
        right = "inf or NaN, since they differ and neither side varies: nothing could be less alike"
    if column == "smd" and row["smd"] == 0:
        right = "0, since both sides are equal"
    return (
        f"{named(key)}; expected {right}: {MEANS[column]}. Rows without a value: {gaps}. "
        "A reader must see who was compared, and how unlike they were to begin with."
    )


# Net benefit ----------------------------------------------------------------------------------------------------------

CURVE = {"threshold": "number", "score": "number", "everybody": "number", "nobody": "number"}


def score_sheets(hospital) -> Iterator[tuple[str, np.ndarray, np.ndarray, list[float]]]:
    """Yield outcomes, scores and thresholds: one to count by hand, one with many ties, the hospital's call list."""
    y = np.array([1, 0, 0, 1, 0, 0, 0, 1, 0, 0])
    yield "10 patients", y, np.array([0.6, 0.5, 0.4, 0.4, 0.2, 0.2, 0.1, 0.1, 0.05, 0.0]), [0.4, 0.2, 0.75]
    r = np.random.default_rng([hospital.seed, 32])
    steps = np.array([0.05, 0.1, 0.15, 0.2, 0.3, 0.5])
    p = r.choice(steps, 300)
    yield "300 patients", (r.random(300) < p).astype(int), p, [0.1, 0.3, 0.05, 0.2, 0.6]
    calls = call_list(hospital.public("admissions"), hospital.public("patients"))
    yield "the call list", calls["back_anywhere"].to_numpy(dtype=int), calls["p"].to_numpy(), [0.08, 0.125, 0.2]


def benefit(y: np.ndarray, p: np.ndarray, t: float) -> tuple[float, int, int]:
    """Return the net benefit, and the calls it is made of: needed and needless."""
    called = p >= t
    needed, needless = int(np.sum(called & (y == 1))), int(np.sum(called & (y == 0)))
    return needed / len(y) - needless / len(y) * t / (1 - t), needed, needless


@graded(
    points=15, hint="At a threshold of .2, four needless calls weigh as much as one needed. Both are shares of all."
)
def test_net_benefit_weighs_both_errors(submission, hospital):
    """Net benefit weighs the needless calls as well"""
    for what, y, p, thresholds in score_sheets(hospital):
        for t in thresholds:
            call = f"net_benefit(y, p, {t:g}) for {what}"
            got, after = submission.net_benefit.keeping_inputs(y, p, t)
            for name, before, left in zip(("y", "p"), (y, p), after, strict=False):
                expect_unchanged(before, left, call=call, name=name)
            wanted, needed, needless = benefit(y, p, t)
            counts = f"{needed} needed and {needless} needless calls (p >= {t:g}) among {len(y)} discharges"
            expect_close(
                got, wanted, within=1e-6, call=call, remedy=f"There are {counts}; a needless one weighs t/(1-t)."
            )
        call = f"decision_curve(y, p, {thresholds}) for {what}"
        curve = expect_columns(submission.decision_curve(y, p, thresholds), CURVE, call=call)
        expect_close(curve["threshold"], np.array(thresholds), within=1e-9, call=f"{call}, column threshold,")
        columns = {
            "score": (
                [benefit(y, p, t)[0] for t in thresholds],
                "It is the net benefit of the score at that threshold.",
            ),
            "everybody": (
                [benefit(y, np.ones(len(y)), t)[0] for t in thresholds],
                "If everybody is called, all who stay well are called as well, and each weighs t/(1-t).",
            ),
            "nobody": ([0.0] * len(thresholds), "If nobody is called, nothing is won and nothing is spent."),
        }
        for column, (wanted_column, remedy) in columns.items():
            got_column = curve[column]
            expect_close(
                got_column, np.array(wanted_column), within=1e-6, call=f"{call}, column {column},", remedy=remedy
            )


# Calibration ----------------------------------------------------------------------------------------------------------

CALL_CALIBRATION = "calibration_by_group(y, p, group)"
CALIBRATION = {"group": "text", "n": "number", "observed": "number", "expected": "number"}
CALIBRATION |= {"o_e": "number", "low": "any", "high": "any"}
ABOUT = {
    "n": "the patients of that group",
    "observed": "those of the group who came back",
    "expected": "the sum of p in the group",
    "o_e": "observed / expected",
    "low": "o_e x exp(-1.96 x e), with e = the root of (1 - observed / n) / observed",
    "high": "o_e x exp(1.96 x e), with e = the root of (1 - observed / n) / observed",
}


def calibrated(y: pd.Series, p: pd.Series, group: pd.Series) -> dict[str, dict[str, float]]:
    """Return group -> its numbers."""
    out = {}
    names = np.array(["not known" if pd.isna(g) else str(g) for g in group.tolist()])
    for name in sorted(set(names)):
        here = names == name
        n, observed, expected = int(here.sum()), int(y.to_numpy()[here].sum()), float(p.to_numpy()[here].sum())
        ratio = observed / expected
        error = np.sqrt((1 - observed / n) / observed) if observed else np.nan
        out[name] = {"n": n, "observed": observed, "expected": expected, "o_e": ratio}
        out[name] |= {"low": ratio * np.exp(-1.96 * error), "high": ratio * np.exp(1.96 * error)}
    return out


def sheets_by_group(hospital) -> Iterator[tuple[str, pd.Series, pd.Series, pd.Series]]:
    """Yield y, p and group: one to count by hand, then the call list, with groups taken away and rows in no order."""
    y = pd.Series([1, 0, 0, 1, 0, 0, 1, 0])
    p = pd.Series([0.5, 0.25, 0.25, 0.5, 0.1, 0.2, 0.4, 0.4])
    yield "8 patients", y, p, pd.Series(["A", "A", "A", "A", "B", "B", None, np.nan], dtype=object)
    calls = call_list(hospital.public("admissions"), hospital.public("patients"))
    calls = calls.sample(frac=1, random_state=hospital.seed)  # with its index
    r = np.random.default_rng([hospital.seed, 33])
    group = calls["group"].astype(object).mask(r.random(len(calls)) < 0.08, None)
    yield "the call list, returns counted here", calls["back_here"], calls["p"], group


@graded(points=15, hint="A mean over all hides who pays. What does groupby do with rows whose group is not known?")
def test_calibration_is_told_for_each_group(submission, hospital):
    """Calibration is told by group, with n and an interval"""
    for what, y, p, group in sheets_by_group(hospital):
        call = f"{CALL_CALIBRATION} for {what}"
        result, after = submission.calibration_by_group.keeping_inputs(y, p, group)
        for name, before, left in zip(("y", "p", "group"), (y, p, group), after, strict=False):
            expect_unchanged(before, left, call=call, name=name)
        got = expect_columns(result, CALIBRATION, call=call)
        wanted = calibrated(y, p, group)
        missing = [name for name in wanted if name not in set(got["group"])]
        lost = sum(wanted[name]["n"] for name in missing)
        expect(
            not missing,
            lambda: (
                f'{call} has no row for "{missing[0]}" ({lost:,} patients are left out); expected '  # noqa: B023
                f"{listed(wanted)}. Whoever is in no row is in no decision."  # noqa: B023
            ),
        )
        expect_one_row_each(got["group"], wanted, call=call, item="group")
        got = got.set_index("group")
        for name, row in wanted.items():
            for column, about in ABOUT.items():
                mine = pd.to_numeric(got.loc[name, column], errors="coerce")
                truth = row[column]
                expect(
                    (np.isnan(mine) and np.isnan(truth)) or abs(mine - truth) <= WITHIN * max(1.0, abs(truth)),
                    f'{call} gives {column} = {mine:.4g} for "{name}"; expected {truth:.4g}: {about}. In that group '
                    f"{row['observed']:.0f} of {row['n']:.0f} came back, and the score expected {row['expected']:.1f}.",
                )


# Papers: both abstracts are invented for this exercise, and stand in the brief word for word. ------------------------

TRIAL = """\
Background: It is not known whether a call by a nurse after discharge prevents a return to hospital.
Methods: Adults who went home from the medical wards of 2 hospitals were randomized to a call by a nurse within
72 hours or to usual care. The primary outcome was an unplanned readmission to either hospital within 30 days.
There were 7 secondary outcomes.
Results: Of 1,212 patients who were randomized, 13 withdrew their consent, and 1,199 were analyzed. In the call
group 88 of 598 patients (14.7 %) were readmitted, with usual care 97 of 601 (16.1 %): a risk difference of -1.4
percentage points (95 % confidence interval -5.5 to 2.7). An emergency visit within 30 days, a secondary
outcome, was recorded for 61 (10.2 %) and 88 (14.6 %): a difference of -4.4 percentage points (-8.2 to -0.7).
Conclusion: Calls by nurses keep patients out of the emergency department and should be offered to all."""
RECORDS = """\
Background: Kits for monitoring at home after a stay for heart failure are spreading.
Methods: From the records of 7 hospitals we took 4,318 adults who were discharged alive after a stay for heart
failure. Patients who received a kit at any time in the 90 days after discharge were compared with those who
never did. A kit was handed out at a clinic visit, 24 days after discharge in the median. The outcome was death
within 365 days of discharge. A Cox model was adjusted for age, sex and 5 diagnoses.
Results: Of 1,127 patients with a kit, 118 (10.5 %) died; of 3,191 without one, 523 (16.4 %). The adjusted
hazard ratio was 0.63 (95 % confidence interval 0.52 to 0.77). For readmission within 30 days it was 0.91 (0.78
to 1.06).
Conclusion: Monitoring at home saves lives after a stay for heart failure."""


GAIN_OR_HARM = "|".join(  # words of a finding that tell a trial's result as settled
    (
        r"no (?:effect|difference|benefit)|do(?:es)? not work|useless|prove[sdn]?|prevent(?:s|ed)?|save[sd]?",
        r"lower(?:s|ed)|reduce[sd]?|cuts?|fewer|rarer|smaller|better|worse|equally|trend|safer|probability|effective",
        r"beneficial|improve[sd]?|help(?:s|ed)?|keeps?|kept|worth|should|favou?rs?",
    )
)
LEFT_OPEN = "|".join(  # and words that leave it open: "it is not settled whether calls prevent a readmission"
    (
        r"whether|open|unclear|uncertain\w*|unsettled|inconclusive|imprecise\w*|exclude[sd]?|ruled? out|cannot|could",
        r"may|might|perhaps|possibly|by chance|compatible|consistent|either|both|too (?:few|small|wide)",
        r"fewer\b.*\bmore|more\b.*\bfewer|(?:includes?|holds?|crosses|contains?) (?:0|zero|no)|non-?significant\w*",
        r"(?:not|no) (?:yet )?(?:proof|evidence|settled?|known|shown?|clear|(?:statistically )?significant\w*|enough)",
    )
)
CAUSE = "|".join(  # words that make a cause of what only went along with it in records
    (
        r"saves?|saved|prevents?|prevented|causes?|caused|works|proves?|proven|proved|thanks to|leads? to|led to",
        r"because|due to|effective|beneficial|benefits?|averts?|averted|keeps? \w+ alive|should|worth|rules? out",
        r"too \w+ to be (?:chance|bias)",
    )
)
CHANGE = r"reduc(?:es?|ed|tion)|lowers|lowered|improve[sd]?|improvement|protects?|protected|cuts?"
WENT_WITH = r"associat\w+|correlat\w+|linked|related|(?:go|goes|going|went) (?:along )?with"
DOUBT = r"whether|cannot|could|may|might|perhaps|not|nor"
CAME_BACK = r"readmi|return|c[ao]me back|back (?:in|to) hospital"
NEVER = r"(?!)"  # what no text holds
WITHOUT = r"\b(?:without|never|none|not given|no kit)\b"
ANSWERED = {
    "trial.yaml": {
        "text": TRIAL,
        "analyzed": (1199, "1,212 were randomized, 13 withdrew, and the outcome was counted for the rest"),
        "measure": "risk difference",
        "effect": (-1.4, -5.5, 2.7),
        "others": {
            -4.4: "that is a secondary outcome, one of seven. The study was planned to answer its primary one",
            1.4: "the sign is lost: fewer were readmitted in the call group",
        },
        "reading": ("not settled", "the interval of the primary outcome reaches from fewer readmissions to more"),
        "may_say": (
            "effect",
            "patients were randomized, so a difference can be an effect of the call",
        ),
        "threats": {
            "returns elsewhere are not seen": True,
            "one of many outcomes is picked": True,
            "confounding": "the calls were given by lot, not to those who needed them",
            "immortal time": "the clock of both groups starts at discharge, by lot",
        },
        "claims": (Claims(GAIN_OR_HARM, LEFT_OPEN, later=True),),
        "odd": (
            (r"\bemergency", CAME_BACK, "these numbers are those of readmission"),
            (r"1\.4 ?(?:%|per ?cent\b)(?! ?points?)", NEVER, "the difference is one of percentage points"),
        ),
        "banned_why": "an interval that holds both gain and harm shows neither an effect nor that there is none. Write "
        "the difference, and that it leaves open whether calls help",
    },
    "records.yaml": {
        "text": RECORDS,
        "analyzed": (4318, "1,127 with a kit and 3,191 without one are compared"),
        "measure": "hazard ratio",
        "effect": (0.63, 0.52, 0.77),
        "others": {0.91: "that is readmission. The outcome of the study is death within 365 days"},
        "reading": ("fewer", "the whole interval lies below 1"),
        "may_say": (
            "association",
            "nobody was randomized; doctors and patients chose, so other differences come along",
        ),
        "threats": {
            "immortal time": True,
            "confounding": True,
            "returns elsewhere are not seen": "the outcome is death, not a return",
            "one of many outcomes is picked": "the stated outcome is the one that is reported first",
        },
        "claims": (Claims(CAUSE, DOUBT), Claims(CHANGE, f"{WENT_WITH}|{DOUBT}", anywhere=True)),
        "odd": (
            (
                r"\b(?:more (?:often|deaths)|higher|increase[sd]?|worse)\b",
                WITHOUT,
                "a hazard ratio below 1 means fewer deaths with a kit",
            ),
            (r"\bpoints?\b", NEVER, "a hazard ratio is a ratio, not a difference in points"),
        ),
        "banned_why": "in records somebody chose who got the kit. Write what went with it, or was associated with it",
    },
}
PAPER = {
    "question": str,
    "population": str,
    "comparator": str,
    "outcome": str,
    "analyzed": int,
    "measure": str,
    "estimate": float,
    "low": float,
    "high": float,
    "reading": str,
    "may_say": str,
    "finding": str,
    "threat": str,
    "threat_because": str,
    "does_not_show": str,
}
SENTENCES = ("question", "population", "comparator", "outcome", "finding", "threat_because", "does_not_show")
MEASURES = ("risk difference", "risk ratio", "hazard ratio", "odds ratio")
READINGS = ("fewer", "more", "not settled")
CLAIMS = ("effect", "association")
SMALL = 10  # whole numbers up to it may be counted by the learner: 1 of 7 outcomes
COPIED = 9  # words in a row; shorter runs, such as "an unplanned readmission to either hospital", cannot be avoided


@graded(
    points=15,
    hint="Methods names the primary outcome and when the clock starts. The conclusion sells.",
)
def test_papers_are_summarized_with_their_limits(document):
    """Two papers: effect with interval, threat and limit"""
    for name, fact in ANSWERED.items():
        paper = document(name, PAPER)
        analyzed, how = fact["analyzed"]
        expect(
            paper["analyzed"] == analyzed,
            f"{paper.where('analyzed')}: analyzed is {paper['analyzed']:,}; but {how}. A share "
            "needs the people it was counted among.",
        )
        one_of(paper, "measure", MEASURES)
        expect(
            paper["measure"] == fact["measure"],
            f"{paper.where('measure')}: measure is {paper['measure']}; the abstract gives a {fact['measure']}.",
        )
        for key, value in zip(("estimate", "low", "high"), fact["effect"], strict=True):
            other = fact["others"].get(paper[key], "") if key == "estimate" else ""
            expect(
                abs(paper[key] - value) < 1e-9,
                f"{paper.where(key)}: {key} is {paper[key]:g}"
                + (f", but {other}." if other else f", which is not the {key} of the primary outcome.")
                + " Write what the abstract prints for the outcome that its Methods name first, in its own unit.",
            )
        for key, options in (("reading", READINGS), ("may_say", CLAIMS)):
            one_of(paper, key, options)
            right, why = fact[key]
            expect(paper[key] == right, f"{paper.where(key)}: {key} is {paper[key]}, but {why}.")
        one_of(paper, "threat", tuple(fact["threats"]))
        verdict = fact["threats"][paper["threat"]]
        expect(
            verdict is True,
            f"{paper.where('threat')}: {paper['threat']} does not threaten this result: {verdict}. "
            "Ask when the clock starts, who chose the groups, and where the outcome would be missed.",
        )
        expect_sentences(paper, SENTENCES, at_least=5)
        for key in SENTENCES:
            expect_own_words(paper, key, fact["text"])
        said = numbers_in(paper["finding"])
        for key, value in zip(("estimate", "low", "high"), fact["effect"], strict=True):
            expect(
                abs(value) in said,
                f"{paper.where('finding')}: finding does not state the {key}, {abs(value):g}. Give the effect with "
                "both ends of its interval: without them a reader takes a guess for a fact.",
            )
            turned = turned_sign(paper["finding"], value) if min(fact["effect"]) < 0 else ""
            expect(
                not turned,
                f'{paper.where("finding")}: finding says "{turned}", but the abstract prints {value:g}. Keep its '
                "signs: turned round, a gain reads as a harm.",
            )
        fault = too_much(paper["finding"], fact)
        expect(not fault, f"{paper.where('finding')}: {fault}.")


def too_much(finding: str, fact: Mapping[str, Any]) -> str:
    """Say what a finding claims that its study does not show; "" if nothing of the kind is seen."""
    for claims in fact["claims"]:
        if claim := overclaim(finding, claims):
            return f'finding says "{claim}", but {fact["banned_why"]}'
    for words, unless, why in fact["odd"]:
        odd = re.search(words, finding, re.IGNORECASE)
        if odd and not re.search(unless, finding, re.IGNORECASE):
            return f'finding says "{odd[0]}", but {why}'
    return ""


def one_of(form, key: str, options: tuple[str, ...]) -> None:
    """Fail unless a key holds one of these words."""
    form[key] = form[key].strip().lower()
    expect(
        form[key] in options,
        f"{form.where(key)}: {key} is {form[key][:40]}; write {listed(options, 'or')}, in just these words.",
    )


def expect_sentences(form, keys: tuple[str, ...], at_least: int) -> None:
    """Fail unless each key holds a sentence of its own; of a comparator the name is enough."""
    for key in keys:
        words, least = len(set(form[key].casefold().split())), 2 if key == "comparator" else at_least
        expect(
            words >= least,
            f"{form.where(key)}: {key} has {words} different words; write a sentence of {least} or more. A person "
            "should judge it: this check only sees that it is there.",
        )
        same = [other for other in keys if other != key and form[other].casefold() == form[key].casefold()]
        expect(not same, f"{form.where(key)}: {key} says the same as {listed(same)}; each asks something else.")


def expect_own_words(form, key: str, text: str) -> None:
    """Fail if a sentence quotes a number that the abstract does not have, or copies a run of its words."""
    there = numbers_in(text)
    invented = sorted(number for number in numbers_in(form[key]) - there if number > SMALL or number % 1)
    expect(
        not invented,
        lambda: f"{form.where(key)}: the number {invented[0]:g} is not in the abstract; quote what it gives.",
    )
    source, mine = (re.findall(r"[\w.,'-]*\w", part.casefold()) for part in (text, form[key]))
    runs = {tuple(source[n : n + COPIED]) for n in range(len(source) - COPIED + 1)}
    runs = {run for run in runs if not any(word[-1].isdigit() for word in run)}  # "0.63 (95 % ... 0.52 to" has one form
    copied = next((run for n in range(len(mine) - COPIED + 1) if (run := tuple(mine[n : n + COPIED])) in runs), None)
    expect(
        copied is None,
        lambda: (
            f'{form.where(key)}: {key} copies the abstract ("{" ".join(copied)}"). Say it in your words: whoever '
            "cannot has not understood it yet."
        ),
    )


def numbers_in(text: str) -> set[float]:
    """Return the numbers of a text without their signs: 1,199 is one number, a range has two, .63 is 0.63."""
    found = re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+", text)
    return {float(number.replace(",", "")) for number in found}


def turned_sign(text: str, value: float) -> str:
    """Return a value as it stands in a text with the other sign; nothing if it does not. A range is no sign."""
    sign = r"(?<![\d%])(?<![\d%]\s)[-\u2212\u2013]" if value > 0 else r"\+"
    match = re.search(rf"{sign}{re.escape(f'{abs(value):g}')}(?![\d.]\d)", text)
    return match[0] if match else ""


# The two cases --------------------------------------------------------------------------------------------------------

LANES = ("provider analytics", "payer analytics", "real-world evidence", "digital health")
CASE = {"title": str, "audience": str, "decision": str, "label": str}
CLINICAL = {
    **CASE,
    "stays_measured": int,
    "stays_not_ordered": int,
    "stays_not_sent": int,
    "death_rate_measured": float,
    "death_rate_not_ordered": float,
    "largest_difference": str,
    "smd": float,
    "missing_because": str,
    "limit": str,
    "doubt": str,
}
OPERATIONAL = {
    **CASE,
    "calls_worth": float,
    "threshold": float,
    "calls_per_100": float,
    "net_benefit": float,
    "net_benefit_everybody": float,
    "use_the_score": bool,
    "group": str,
    "discharges": int,
    "o_e_here": float,
    "low_here": float,
    "high_here": float,
    "o_e_anywhere": float,
    "explained_by": str,
    "limit": str,
    "doubt": str,
}
REASONS = {
    "chance": "then deaths would be as frequent without a result as with one",
    "registration": "then Table 1 would show a difference in what the front desk knows (age, sex, payer, ward); what "
    "differs is wbc, and white cells are counted in a patient's blood",
    "need": "",
}
EXPLAINED = {
    "chance": "the interval of that group lies below 1 as long as only returns here are counted",
    "the score": "once returns to other hospitals count as well, its observed and expected returns agree",
    "returns elsewhere": "",
}


@graded(points=10, hint="Run `python cases.py`. Whose test was ordered: everyone's, or that of those who looked ill?")
def test_clinical_case_quotes_what_was_counted(document, practice):
    """The clinical case: label, counts, why lactate is missing"""
    case = document("clinical.yaml", CLINICAL)
    admissions, labs = practice.public("admissions"), practice.public("labs")
    found = first_results(admissions, labs, "lactate")
    counts = deaths_of(admissions, found.reset_index())
    keys = {"measured": MEASURED, "not_ordered": NOT_ORDERED, "not_sent": NOT_SENT}
    for key, status in keys.items():
        stays, deaths, rate = counts.loc[status]
        quoted(case, f"stays_{key}", stays, 0, f"it is the number of inpatient stays that are {status}")
        if f"death_rate_{key}" in CLINICAL:
            quoted(
                case,
                f"death_rate_{key}",
                rate,
                0.0006,
                f"{deaths:.0f} of {stays:.0f} stays that are {status} ended in death",
            )
    name, smd = largest_difference(practice, found)
    expect(
        case["largest_difference"].strip().casefold() == name,
        f"{case.where('largest_difference')}: largest_difference is {case['largest_difference']}; expected the "
        "variable of Table 1 whose smd is furthest from 0. Gaps included: describe all eight variables.",
    )
    quoted(case, "smd", smd, 0.006, f"it is the standardized mean difference of {name}, measured minus not ordered")
    one_of(case, "missing_because", tuple(REASONS))
    expect(
        case["missing_because"] == "need",
        f"{case.where('missing_because')}: missing_because is {case['missing_because']}, but "
        f"{REASONS[case['missing_because']]}. Compare the two death rates and Table 1: for whom do doctors order it?",
    )
    expect_label(case)


def largest_difference(hospital, found: pd.DataFrame) -> tuple[str, float]:
    """Return the variable of Table 1 (lactate measured or not ordered) with the largest difference, and that."""
    admissions = hospital.public("admissions")
    stays = admissions[admissions["encounter_id"].isin(found.index[found["status"] != NOT_SENT])]
    stays = stays.merge(hospital.public("patients"), on="patient_id")
    stays["wbc"] = stays["encounter_id"].map(first_results(admissions, hospital.public("labs"), "wbc")["value"])
    stays["measured"] = stays["encounter_id"].map(found["status"]) == MEASURED
    rows = described(stays[[*DESCRIBED, "measured"]], "measured")
    (name, _), row = max(rows.items(), key=lambda item: abs(item[1]["smd"]))
    return name, row["smd"]


@graded(points=5, hint="1 / calls_worth is the threshold. Then look at each group: where do its patients return to?")
def test_operational_case_quotes_what_was_counted(document, practice):
    """The operational case: label, price, the group it fails"""
    case = document("operational.yaml", OPERATIONAL)
    clinical = document("clinical.yaml", {"audience": str}, others=True)
    calls = call_list(practice.public("admissions"), practice.public("patients"))
    worth = case["calls_worth"]
    expect(
        5 <= worth <= 12,
        f"{case.where('calls_worth')}: calls_worth is {worth:g}; write a number from 5 to 12: so many calls you would "
        "make to reach one patient who would come back.",
    )
    expect(
        abs(case["threshold"] - 1 / worth) <= 0.0006,
        f"{case.where('threshold')}: threshold is {case['threshold']:g}. Who makes {worth:g} calls to reach one "
        f"patient calls from a probability of 1 in {worth:g} on; expected {1 / worth:.4f}.",
    )
    chosen = re.findall(r"^CALLS_WORTH\b[^=\n]*=\s*(\d+(?:\.\d+)?)\s*(?:#.*)?$", document("cases.py"), re.MULTILINE)
    expect(
        not chosen or float(chosen[-1]) == worth,
        lambda: (
            f"{case.where('calls_worth')}: calls_worth is {worth:g}, but CALLS_WORTH in cases.py is {chosen[-1]}: "
            "`python cases.py` prints other numbers than your case quotes. Write the same number in both."
        ),
    )
    y, p, t = calls["back_anywhere"].to_numpy(dtype=int), calls["p"].to_numpy(), 1 / worth
    score, needed, needless = benefit(y, p, t)
    everybody, _, _ = benefit(y, np.ones(len(y)), t)
    flagged = f"{needed + needless} of {len(y)} discharges are called"
    quoted(case, "calls_per_100", 100 * np.mean(p >= t), 0.6, flagged)
    quoted(case, "net_benefit", score, 0.0006, f"{needed} calls are needed and {needless} needless, at p >= {t:.4f}")
    quoted(
        case, "net_benefit_everybody", everybody, 0.0006, "it is the net benefit of calling every discharged patient"
    )
    best = score > max(everybody, 0)
    expect(
        case["use_the_score"] == best,
        f"{case.where('use_the_score')}: use_the_score is {str(case['use_the_score']).lower()}, but the net benefit of "
        f"the score is {score:.4f}, of calling everybody {everybody:.4f}, of calling nobody 0. Take the largest.",
    )
    here = calibrated(calls["back_here"], calls["p"], calls["group"])
    anywhere = calibrated(calls["back_anywhere"], calls["p"], calls["group"])
    worst = min(here, key=lambda name: here[name]["o_e"])
    expect(
        case["group"].strip().upper().removeprefix("GROUP ") == worst,
        f"{case.where('group')}: group is {case['group']}; expected the one whose o_e is furthest from 1 when only "
        "returns here are counted.",
    )
    row = here[worst]
    quoted(case, "discharges", row["n"], 0, f"it is the number of discharges of group {worst} on the list")
    counts = f"{row['observed']} came back here, {row['expected']:.1f} were expected"
    for key, column in (("o_e_here", "o_e"), ("low_here", "low"), ("high_here", "high")):
        quoted(case, key, row[column], 0.006, f"in group {worst} {counts}; this is its {column}")
    row = anywhere[worst]
    counts = f"{row['observed']} came back to any hospital, {row['expected']:.1f} were expected"
    quoted(case, "o_e_anywhere", row["o_e"], 0.006, f"in group {worst} {counts}")
    one_of(case, "explained_by", tuple(EXPLAINED))
    expect(
        case["explained_by"] == "returns elsewhere",
        f"{case.where('explained_by')}: explained_by is {case['explained_by']}, but {EXPLAINED[case['explained_by']]}. "
        "A score that is corrected to such records would call these patients less.",
    )
    expect_label(case)
    expect(
        case["audience"] != clinical["audience"].strip().lower(),
        f"{case.where('audience')}: audience is {case['audience']}, as in clinical.yaml. Aim the two cases at two "
        "kinds of employer, so that you have one for each.",
    )


def quoted(case, key: str, truth: float, within: float, how: str) -> None:
    """Fail unless a number of a form is what was counted on the practice hospital."""
    said, near = case[key], within + 1e-9
    slip = ""
    if abs(said + truth) <= near < abs(truth):
        slip = "Its sign is turned round. "
    elif abs(said / 100 - truth) <= near:
        slip = "It looks like a percentage: write the share, from 0 to 1. "
    elif truth > 1 and abs(said * 100 - truth) <= max(near, 0.06):
        slip = "It looks like a share of 1: write how many of 100. "
    expect(
        abs(said - truth) <= near,
        f"{case.where(key)}: {key} is {said:g}, which is not what the definitions give on the practice hospital "
        f"(seed {PRACTICE_SEED}): {how}. {slip}`python cases.py` prints it, once its functions pass. A number that "
        "nobody can recount is worth nothing in an interview.",
    )


def expect_label(case) -> None:
    """Fail unless a case says that its data are synthetic, in the title and the label, and that it is for learning."""
    expect(
        re.search(r"\bsynthetic\b", case["title"], re.IGNORECASE),
        f"{case.where('title')}: the title does not say synthetic. Titles travel without their page: say it there.",
    )
    for words in ("synthetic", "not for clinical use"):
        expect(
            "not synthetic" not in case["label"].casefold() and words in " ".join(case["label"].casefold().split()),
            f'{case.where("label")}: the label does not say "{words}". A reader must not take these patients for real.',
        )
    one_of(case, "audience", LANES)
    expect_sentences(case, ("decision", "limit", "doubt"), at_least=8)
