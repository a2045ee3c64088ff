"""Days 61-90, software engineers: FHIR and back, results with their limits, a rule to stop. Not for clinical use."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from wardround.grading import (
    NotYet,
    expect,
    expect_columns,
    expect_number,
    expect_one_row_each,
    expect_unchanged,
    graded,
)
from wardround.grading.stop_rules import first_stop
from wardround.grading.study_numbers import (
    COUNTS,
    ENOUGH,
    SHARES,
    Counted,
    is_share,
    lowest,
    sentences_of,
    told_wrongly,
    uncounted,
)
from wardround.hospital import build
from wardround.hospital.exports.codes import LOINC
from wardround.hospital.exports.fhir import BASE, CLASSES, CLOCK, to_fhir
from wardround.hospital.exports.fhir_rules import faults
from wardround.hospital.silent_run import VARIABLES, VERSION, silent_run
from wardround.wording import counted

MRN, VISIT = f"{BASE}/mrn", f"{BASE}/visit"
CALL_BUNDLE = "bundle(patients, admissions, labs)"
CALL_READ = "tables_from(bundle)"
CALL_RESULTS = "results(run, threshold)"
PATIENT = {"patient_id": "id", "sex": "text"}
ADMISSION = {
    "encounter_id": "id",
    "patient_id": "id",
    "class": "text",
    "planned": "bool",
    "admit_time": "time",
    "discharge_time": "time",
    "disposition": "text",
}
LAB = {"encounter_id": "id", "patient_id": "id", "lab": "text", "time": "time", "value": "number", "unit": "text"}
COLUMNS = {"patients": PATIENT, "admissions": ADMISSION, "labs": LAB}


# The bundle --------------------------------------------------------------------------------------------------------


def some_patients(hospital) -> dict[str, pd.DataFrame]:
    """Return the tables of about ten patients, with everything among them that a bundle must be able to say."""
    tables = {name: hospital.public(name) for name in COLUMNS}
    stays, results = tables["admissions"], tables["labs"]
    inpatient = stays["class"] == "inpatient"
    kinds = [
        stays[stays["planned"]],
        stays[stays["disposition"] == "transfer_acute"],
        stays[stays["disposition"] == "expired"],
        stays[stays["class"] == "emergency"],
        stays[stays["class"] == "observation"],
        results[results["unit"] == "umol/L"],
        results[results["lab"] == "lactate"],
        stays[inpatient],
    ]
    chosen = {i for rows in kinds for i in rows["patient_id"].drop_duplicates().head(1)}
    chosen |= set(tables["patients"]["patient_id"].head(4))  # some of them were never here
    return {name: t[t["patient_id"].isin(chosen)].reset_index(drop=True) for name, t in tables.items()}


def written(submission, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Call bundle() and return what it gives as JSON says it."""
    result, after = submission.bundle.keeping_inputs(*tables.values())
    for (name, before), left in zip(tables.items(), after, strict=True):
        expect_unchanged(before, left, call=CALL_BUNDLE, name=name)
    expect(
        isinstance(result, dict),
        f"{CALL_BUNDLE} returned {type(result).__name__}; expected a dict with resourceType, type and entry.",
    )
    try:
        said: dict[str, Any] = json.loads(json.dumps(result, allow_nan=False))
    except (TypeError, ValueError) as error:
        raise NotYet(
            f"{CALL_BUNDLE} cannot be sent as JSON: {error}. Write times as text, and numbers with int() or float()."
        ) from None
    return said


@graded(points=15, hint="Run `python ship.py`: it validates your bundle and lists its faults. Begin with one patient.")
def test_bundle_is_valid(submission, hospital):
    """The bundle is valid FHIR R4 and holds together"""
    said = written(submission, some_patients(hospital))
    expect_shape(said)
    found = faults(said)
    more = f" ({len(found) - 1} more faults)" if len(found) > 1 else ""
    expect(
        not found,
        lambda: (
            f"{CALL_BUNDLE}: {found[0]}{more} The library lets it pass; the hospital that reads it would file it under "
            "the wrong patient or not at all."
        ),
    )


def expect_shape(said: dict[str, Any]) -> None:
    """Raise NotYet with the first fault that fhir.resources finds in a Bundle."""
    from fhir.resources.R4B.bundle import Bundle
    from pydantic import ValidationError

    expect(
        said.get("resourceType") == "Bundle"
        and said.get("type") == "collection"
        and isinstance(said.get("entry"), list),
        f"{CALL_BUNDLE} returned a dict with the keys {', '.join(list(said)[:6]) or 'none'}; expected resourceType "
        "'Bundle', type 'collection' and a list `entry`.",
    )
    try:
        Bundle.model_validate(said)
    except ValidationError as error:
        first = error.errors()[0]
        path = ".".join(str(step) for step in first["loc"])
        more = f" ({error.error_count() - 1} more faults)" if error.error_count() > 1 else ""
        raise NotYet(
            f"{CALL_BUNDLE} is not FHIR R4: {path}: {' '.join(first['msg'].split())}{more} "
            "A receiving system would refuse the whole bundle."
        ) from None
    except KeyError as error:  # the library's way to say so
        raise NotYet(
            f"{CALL_BUNDLE} holds a resource of the unknown type {error}; see the README for the three."
        ) from None


@graded(
    points=20,
    hint="Write each time with its offset. When you read one, turn it to the hospital's clock, then drop the zone.",
)
def test_nothing_is_lost(submission, hospital):
    """Nothing is lost or moved on the way to FHIR and back"""
    tables = some_patients(hospital)
    read = read_bundle(written(submission, tables))
    for name, columns in COLUMNS.items():
        expect_same_table(read[name], tables[name], list(columns), name, f"{CALL_BUNDLE} writes")

    theirs = from_elsewhere(hospital, tables)
    result, (after,) = submission.tables_from.keeping_inputs(theirs)
    call = "tables_from(a bundle of another system)"
    expect(after == theirs, f"{call} changed the bundle it was given; whoever reads it next gets other data.")
    expect(
        isinstance(result, dict) and {"admissions", "labs"} <= set(result),
        f'{call} returned {type(result).__name__}; expected a dict with the tables "admissions" and "labs".',
    )
    for name in ("admissions", "labs"):
        frame = result[name]
        for column in ("admit_time", "discharge_time", "time"):
            zone = isinstance(frame, pd.DataFrame) and column in frame and getattr(frame[column].dtype, "tz", None)
            expect(
                not zone,
                f"{call}: {name}.{column} still carries a zone ({zone}); expected the hospital's clock, without one: "
                ".dt.tz_convert, then .dt.tz_localize(None).",
            )
        clean = expect_columns(frame, COLUMNS[name], call=f'{call}["{name}"]')
        expect_same_table(clean, tables[name], list(COLUMNS[name]), name, f"{call} reads")


def read_bundle(said: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Read a Bundle as the README describes it; raise NotYet for what is not there."""
    by_reference = {}
    for entry in said.get("entry", []) if isinstance(said.get("entry"), list) else []:
        resource = entry.get("resource", {})
        for name in (f"{resource.get('resourceType')}/{resource.get('id')}", entry.get("fullUrl")):
            by_reference.setdefault(name, resource)
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}
    labs = {code: lab for (lab, _), code in LOINC.items()}
    classes = {code: name for name, code in CLASSES.items()}
    seen: set[int] = set()
    for name, resource in by_reference.items():
        if id(resource) in seen:
            continue
        seen.add(id(resource))
        kind = resource.get("resourceType")
        try:
            if kind == "Patient":
                sex = {"female": "F", "male": "M"}.get(resource["gender"], resource["gender"])
                rows["patients"].append({"patient_id": number_of(resource), "sex": sex})
            elif kind == "Encounter":
                rows["admissions"].append(
                    {
                        "encounter_id": number_of(resource),
                        "patient_id": number_of(by_reference[resource["subject"]["reference"]]),
                        "class": classes[resource["class"]["code"]],
                        "planned": {"EL": True, "EM": False}[resource["priority"]["coding"][0]["code"]],
                        "admit_time": moment(resource["period"]["start"]),
                        "discharge_time": moment(resource["period"]["end"]),
                        "disposition": resource["hospitalization"]["dischargeDisposition"]["text"],
                    }
                )
            elif kind == "Observation":
                rows["labs"].append(
                    {
                        "encounter_id": number_of(by_reference[resource["encounter"]["reference"]]),
                        "patient_id": number_of(by_reference[resource["subject"]["reference"]]),
                        "lab": labs[resource["code"]["coding"][0]["code"]],
                        "time": moment(resource["issued"]),
                        "value": float(resource["valueQuantity"]["value"]),
                        "unit": resource["valueQuantity"]["code"],
                    }
                )
        except (KeyError, IndexError, TypeError, ValueError, AttributeError, StopIteration) as error:
            what = f"there is no {error}" if isinstance(error, KeyError) else str(error) or type(error).__name__
            raise NotYet(
                f"{CALL_BUNDLE}: {name} cannot be read as the README describes {kind} ({what}). Compare it "
                "with the README element by element; a system that reads it has nothing else to go by."
            ) from None
    return {name: pd.DataFrame(rows[name], columns=list(columns)) for name, columns in COLUMNS.items()}


def number_of(resource: dict[str, Any]) -> int:
    """Return the number that a resource's identifier holds."""
    system = MRN if resource["resourceType"] == "Patient" else VISIT
    return int(next(i["value"] for i in resource["identifier"] if i["system"] == system))


def moment(text: str) -> pd.Timestamp:
    """Return a FHIR time on the hospital's clock, without its zone."""
    said = datetime.fromisoformat(text)
    return pd.Timestamp((said if said.tzinfo else said.replace(tzinfo=UTC)).astimezone(CLOCK).replace(tzinfo=None))


def from_elsewhere(hospital, tables: dict[str, pd.DataFrame]) -> dict[str, Any]:
    """Return the same patients as another system would write them: other ids, other zones, no order, more kinds."""
    said = to_fhir(hospital, tables["patients"]["patient_id"].tolist())
    r = np.random.default_rng([hospital.seed, 61])
    entries = said["entry"]
    names = {}
    for place, entry in zip(r.permutation(len(entries)).tolist(), entries, strict=True):
        resource = entry["resource"]
        kind, number = resource["resourceType"], resource["id"].partition("-")[2]
        names[f"{kind}/{resource['id']}"] = f"{kind}/x{place:05d}"
        resource["id"] = f"x{place:05d}"
        entry["fullUrl"] = f"https://elsewhere.example/fhir/{kind}/{resource['id']}"
        if kind in ("Patient", "Encounter"):
            own = {"system": MRN if kind == "Patient" else VISIT, "value": number}
            resource["identifier"] = [{"system": "https://elsewhere.example/local", "value": str(place)}, own]
    for entry in entries:
        resource = entry["resource"]
        for element in ("subject", "encounter"):
            if element in resource:
                resource[element] = {"reference": names[resource[element]["reference"]]}
        if "period" in resource:
            resource["period"] = {edge: in_zone(time, UTC) for edge, time in resource["period"].items()}
        if resource["resourceType"] == "Observation":
            resource["valueQuantity"]["unit"] = f"{resource['valueQuantity']['unit']} (as printed)"
            resource["issued"] = in_zone(resource["issued"], timezone(timedelta(hours=5, minutes=30)))
    said["entry"] = [entries[n] for n in r.permutation(len(entries))]
    return said


def in_zone(text: str, zone: timezone) -> str:
    """Return the same moment as another clock says it."""
    return datetime.fromisoformat(text).astimezone(zone).isoformat().replace("+00:00", "Z")


def expect_same_table(got: pd.DataFrame, wanted: pd.DataFrame, columns: list[str], name: str, call: str) -> None:
    """Raise NotYet unless both tables hold the same rows, in any order; say what became of the first that differs."""
    key = {"patients": ["patient_id"], "admissions": ["encounter_id"], "labs": ["encounter_id", "lab", "time"]}[name]
    item = {"patients": "patient", "admissions": "encounter", "labs": "result"}[name]
    first = [part for part in key if part != "time"]
    one, other = (
        table[columns].sort_values([*key, *[c for c in ("value", "unit") if c in columns]], ignore_index=True)
        for table in (got, wanted)
    )
    ids, expected = ([tuple(row) for row in table[first].itertuples(index=False)] for table in (one, other))
    there, due = Counter(ids), Counter(expected)
    odd = [f"{item} {named(min(part))} {amiss(min(part), there, due)}" for part in (due - there, there - due) if part]
    if odd:
        raise NotYet(
            f"{call} {len(one):,} {name}; expected {len(other):,}, each once: {' and '.join(odd)}. Whoever treats the "
            "patient next sees only what arrives."
        )
    for column in columns:
        mine, truth = one[column], other[column]
        if column == "value":
            unlike = (mine.astype(float) - truth.astype(float)).abs() > 1e-6
        elif column in ("admit_time", "discharge_time", "time"):
            unlike = mine.to_numpy().astype("datetime64[m]") != truth.to_numpy().astype("datetime64[m]")
        else:
            unlike = mine.astype(object).to_numpy() != truth.astype(object).to_numpy()
        unlike = np.asarray(unlike)
        if unlike.any():
            n = int(unlike.argmax())
            raise NotYet(
                f"{call} {column} {shown(mine.iloc[n])} for {item} {named(expected[n])}, but the hospital's table says "
                f"{shown(truth.iloc[n])} ({int(unlike.sum()):,} of {len(other):,} differ). {WHY.get(column, WHY_OTHER)}"
            )


def amiss(key: tuple[Any, ...], there: Counter, due: Counter) -> str:
    """Say what is wrong with the number of times that a row stands in a table."""
    if not there[key]:
        return "is missing"
    return f"stands there {counted(there[key], 'time')} instead of {due[key]}" if due[key] else "is none of them"


WHY_TIME = (
    "The hospital's clock is six hours behind UTC: a stay that moves by hours changes its day, and a return may slip "
    "past the thirty days."
)
WHY_UNIT = "A creatinine of 88 umol/L is a healthy kidney; as 88 mg/dL it is a failed one."
WHY = {"admit_time": WHY_TIME, "discharge_time": WHY_TIME, "time": WHY_TIME, "value": WHY_UNIT, "unit": WHY_UNIT}
WHY_OTHER = "The label of a readmission rests on it."


def named(key: tuple[Any, ...]) -> str:
    """Return `4711` or `4711 sodium`."""
    return " ".join(str(part) for part in key)


def shown(value: Any) -> str:
    """Return a cell as a sentence shows it."""
    return (
        f"{value:%Y-%m-%d %H:%M}"
        if isinstance(value, pd.Timestamp)
        else f"{value:g}"
        if isinstance(value, float)
        else str(value)
    )


# Results -----------------------------------------------------------------------------------------------------------

MEANS = {
    "n": "the number of its stays",
    "flagged": "its stays with score >= threshold",
    "returned": "its stays that were followed by a return",
    "found": "its stays that were flagged and returned",
    "sensitivity": "found / returned",
    "low": "the lower end of the Wilson interval of sensitivity",
    "high": "the upper end of the Wilson interval of sensitivity",
    "ppv": "found / flagged",
}
Z = 1.959964


def count(run: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Return what results() must: one row per variable and level."""
    flagged, returned = (run["score"] >= threshold).to_numpy(), run["returned"].to_numpy()
    rows = []
    for variable in ("all", *VARIABLES):
        levels = np.full(len(run), "all", dtype=object) if variable == "all" else recorded(run[variable])
        for level in sorted(set(levels)):
            here = levels == level
            n, k = int((here & returned).sum()), int((here & returned & flagged).sum())
            alerts = int((here & flagged).sum())
            low, high = wilson(k, n)
            shares = (k / n if n else np.nan, low, high, k / alerts if alerts else np.nan)
            rows.append((variable, level, int(here.sum()), alerts, n, k, *shares))
    return pd.DataFrame(rows, columns=["variable", "level", *COUNTS, *SHARES])


def recorded(values: pd.Series) -> np.ndarray:
    """Return levels as text, with a word for what is missing."""
    return np.array(["not recorded" if pd.isna(value) else str(value) for value in values], dtype=object)


def wilson(k: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927); NaN for a share of nobody."""
    if not n:
        return np.nan, np.nan
    middle, half = (k + Z * Z / 2) / (n + Z * Z), Z / (n + Z * Z) * np.sqrt(k * (n - k) / n + Z * Z / 4)
    return float(middle - half), float(middle + half)


def hand_made() -> pd.DataFrame:
    """Return fourteen stays: a level that nobody returned from, one nobody was flagged in, new levels, and gaps."""
    columns = ["encounter_id", "sex", "age_band", "group", "site", "earlier_stay", "score", "returned"]
    rows = [
        (9001, "female", "18-64", "A", "HOME-MAIN", False, 0.30, True),
        (9002, "female", "18-64", "A", "HOME-MAIN", False, 0.05, True),
        (9003, "female", "65-84", "A", "HOME-MAIN", True, 0.20, False),
        (9004, "male", "65-84", None, "HOME-MAIN", False, 0.19, True),
        (9005, "male", "65-84", None, "HOME-MAIN", True, 0.41, True),
        (9006, "male", "18-64", "B", "HOME-EAST", False, 0.02, False),
        (9007, "male", "18-64", "B", "HOME-EAST", False, 0.33, False),
        (9008, "female", "85 and over", "C", "HOME-MAIN", True, 0.10, True),
        (9009, "female", "85 and over", "C", "HOME-MAIN", False, 0.11, False),
        (9010, "male", "65-84", "A", "HOME-MAIN", True, 0.20, True),
        (9011, "female", "65-84", "A", "HOME-EAST", True, 0.55, False),
        (9012, "male", "65-84", None, "HOME-MAIN", False, 0.04, False),
        (9013, None, None, "B", None, False, 0.25, True),
        (9014, "female", "18-64", "D", "HOME-WEST", False, 0.02, False),
    ]
    return pd.DataFrame(rows, columns=columns)


@graded(points=15, hint="Which stays stand below the line of the fraction, and which rows does a group-by leave out?")
def test_results_are_told_by_group(submission, hospital):
    """Results stand for every group, with counts and intervals"""
    for call, run, threshold in (
        ("results(hand_made(), 0.2)", hand_made(), 0.2),
        ("results(run, 0.17)", silent_run(hospital), 0.17),
    ):
        result, after = submission.results.keeping_inputs(run, threshold)
        expect_unchanged(run, after[0], call=call, name="run")
        kinds = {"variable": "text", "level": "text"} | dict.fromkeys(COUNTS, "number") | dict.fromkeys(SHARES, "any")
        table = expect_columns(result, kinds, call=call)
        wanted = count(run, threshold)
        rows = (table["variable"] + " = " + table["level"]).tolist()
        names = (wanted["variable"] + " = " + wanted["level"]).tolist()
        missing = [name for name in names if name not in rows]
        expect(
            not missing,
            lambda missing=missing, call=call: (
                f"{call} has no row for {missing[0]}; expected a row for everybody (all = all) and one for each level. "
                "Who is left out of the table is left out of the question whether the score works for them."
            ),
        )
        expect_one_row_each(rows, names, call=call, item="the level")
        at = {name: n for n, name in enumerate(rows)}
        for name, truth in zip(names, wanted.to_dict("records"), strict=True):
            for column in (*COUNTS, *SHARES):
                got = number_in(table[column].iloc[at[name]], f"{call}: {column} of {name}")
                right = float(truth[column])
                same = (np.isnan(got) and np.isnan(right)) or abs(got - right) <= (0.0005 if column in SHARES else 0)
                expect(
                    same,
                    f"{call} gives {column} {got:.4g} for {name}; expected {right:.4g}: it is {MEANS[column]} "
                    f"({truth['n']} stays, {truth['flagged']} flagged, {truth['returned']} returned, {truth['found']} "
                    f"of them found). {why_share(column, right)}",
                )


def number_in(value: Any, what: str) -> float:
    """Return a cell as a float, NaN for a missing one."""
    return np.nan if np.ndim(value) == 0 and pd.isna(value) else expect_number(value, call=what)


def why_share(column: str, right: float) -> str:
    """Say what a wrong share would do."""
    if np.isnan(right):
        return "A share of nobody is not 0 and not 1: it is not known, so write NaN."
    if column in ("low", "high"):
        return (
            "Two intervals can be compared only if they are made alike, and one that is too narrow makes chance look "
            "like a finding about these people."
        )
    return "A ward decides by it whether these people can rely on the score."


# The rollback rule -------------------------------------------------------------------------------------------------

METRICS = {
    "missed_share": (("missed",), "deteriorations"),
    "late_share": (("late_reviews",), "reviews"),
    "false_alarm_share": (("false_alarms",), "alerts"),
    "alert_rate": (("alerts",), "patient_days"),
    "error_share": (("missed", "false_alarms"), "patient_days"),
}
ROLLOUTS = (
    20  # of three hospitals each: one is sound, at one the alert begins to miss patients, at one to ring for nothing
)
IN_TIME = 6  # weeks after the harm began, that week included
SPARED = 4  # of 20 sound hospitals that may be stopped, and of 40 harmed ones that may be missed or stopped too early


def replay(weeks: pd.DataFrame, rule: dict[str, Any]) -> int | None:
    """Return the first week after which a rule holds, as first_stop() must."""
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    parts, wholes = weeks[list(counted)].sum(axis=1), weeks[among]
    after = first_stop(parts, wholes, rule["above"], weeks=rule["weeks"], how=rule["how"])
    return None if after is None else int(weeks["week"].iloc[after - 1])


def streams(seed: int) -> Iterator[tuple[str, pd.DataFrame, dict[str, Any]]]:
    """Yield a rule's trials by hand and by the rollout of a seed: the call's words, the weeks and the rule."""
    rollout = build(seed).public("rollout")

    def weeks(*missed: tuple[int, int], first: int = 1) -> pd.DataFrame:
        table = rollout[rollout["site"] == "A"].sort_values("week").head(len(missed)).reset_index(drop=True)
        table["week"] += first - 1
        table["missed"], table["deteriorations"] = zip(*missed, strict=True)
        return table.iloc[::-1].reset_index(drop=True)

    def rule(above: float, size: int, how: str) -> dict[str, Any]:
        return {"metric": "missed_share", "above": above, "weeks": size, "how": how}

    yield (
        "a bad first week, three weeks looked back",
        weeks((30, 40), (4, 40), (4, 40), (4, 40)),
        rule(0.25, 3, "pooled"),
    )
    yield "a tiny week of 3 missed among 3", weeks((4, 40), (4, 40), (3, 3), (4, 40), (4, 40)), rule(0.3, 2, "pooled")
    yield "a week without any deterioration", weeks((20, 40), (0, 0), (20, 40), (20, 40)), rule(0.3, 2, "each")
    for how in ("each", "pooled"):
        yield "a share just at the limit", weeks((10, 40), (10, 40), (10, 40)), rule(0.25, 2, how)
    yield "two bad weeks apart, then two in a row", weeks((20, 40), (4, 40), (20, 40), (20, 40)), rule(0.3, 2, "each")
    yield "the weeks 24 to 27", weeks((4, 40), (4, 40), (20, 40), (20, 40), first=24), rule(0.3, 2, "each")
    for site, part in rollout.groupby("site"):
        for metric, above in (("missed_share", 0.26), ("late_share", 0.10), ("error_share", 0.15)):
            for size, how in ((2, "each"), (4, "pooled")):
                what = {"metric": metric, "above": above, "weeks": size, "how": how}
                yield f"hospital {site} of seed {seed}", part.reset_index(drop=True), what


@graded(points=10, hint="After each week, look back only. Pooled: add up the counts first, then take the share.")
def test_replay_stops_where_the_rule_says(submission, seed):
    """A rule is replayed week by week, without looking ahead"""
    for what, weeks, rule in streams(seed):
        said = ", ".join(f"{key} {value}" for key, value in rule.items())
        call = f"first_stop(weeks, rule) with {what} ({said})"
        result, after = submission.first_stop.keeping_inputs(weeks, rule)
        expect_unchanged(weeks, after[0], call=call, name="weeks")
        right = replay(weeks, rule)
        got = None if np.ndim(result) == 0 and pd.isna(result) else expect_number(result, call=call)
        expect(
            got == right,
            lambda got=got, right=right, call=call, weeks=weeks, rule=rule: (
                f"{call} gives {week(got)}; expected {week(right)}. {shares_around(weeks, rule)} A rule that is "
                "replayed wrongly is trusted for the wrong reason."
            ),
        )


def week(number: float | None) -> str:
    """Return `week 12` or `no stop`."""
    return "no stop" if number is None else f"week {number:g}"


def shares_around(weeks: pd.DataFrame, rule: dict[str, Any]) -> str:
    """Return the counts of the first weeks as a sentence."""
    counted, among = METRICS[rule["metric"]]
    rows = weeks.sort_values("week").head(6)
    parts = rows[list(counted)].sum(axis=1)
    pairs = [f"{p:g} of {w:g}" for p, w in zip(parts, rows[among], strict=True)]
    first, last = rows["week"].iloc[0], rows["week"].iloc[-1]
    return f"Its weeks {first} to {last}: {', '.join(pairs)}{' …' if len(weeks) > 6 else ''}."


def rules_of(document) -> list[dict[str, Any]]:
    """Return the learner's rules, each with its five parts as they must be."""
    said = document("rollback.yaml", {"rules": list})
    where = said.where("rules")
    kinds = {"metric": str, "above": float, "weeks": int, "how": str, "owner": str, "action": str}
    for number, rule in enumerate(said["rules"], start=1):
        here = f"{where}, rule {number}"
        expect(
            isinstance(rule, dict),
            f"{here} is `{rule}`; expected keys and values: metric, above, weeks, how, owner, action.",
        )
        for key, kind in kinds.items():
            value = rule.get(key)
            right = (
                isinstance(value, str) and value.strip()
                if kind is str
                else isinstance(value, int if kind is int else int | float) and not isinstance(value, bool)
            )
            expected = "text" if kind is str else "a share such as 0.3" if kind is float else "a whole number"
            expect(right, f"{here}: {key} is {'missing' if value is None else f'`{value}`'}; write {expected}.")
        other = [key for key in rule if key not in kinds]
        expect(not other, f"{here}: the key {other[:1]} is not known; the keys are {', '.join(kinds)}.")
        expect(rule["metric"] in METRICS, f"{here}: metric is `{rule['metric']}`; it is one of {', '.join(METRICS)}.")
        expect(
            0 < rule["above"] < 1,
            f"{here}: above is {rule['above']:g}; write a share between 0 and 1, such as 0.3 for 30 %.",
        )
        expect(rule["how"] in ("pooled", "each"), f"{here}: how is `{rule['how']}`; write pooled or each.")
        expect(1 <= rule["weeks"] <= 26, f"{here}: weeks is {rule['weeks']}; a rollout has 26.")
        words = len(rule["action"].split())
        nothing = re.search(
            r"\b(?:no action|nothing|(?:keep|leave)s? (?:it|the alert) on)\b", rule["action"], re.IGNORECASE
        )
        expect(
            not nothing,
            lambda nothing=nothing, here=here: (
                f'{here}: action says "{nothing[0]}"; a rule that fires and changes nothing protects nobody.'
            ),
        )
        expect(
            words >= 6,
            f"{here}: action has {words} words; say in a sentence what happens, to whom, and how soon, "
            "so that nobody has to think about it at night.",
        )
        expect(
            len(rule["owner"].split()) >= 2,
            f"{here}: owner is `{rule['owner']}`; name the role, and whose. "
            "A rule that everybody owns is owned by nobody.",
        )
    return said["rules"]


# Rules, replayed on the ROLLOUTS of each of the seeds 1 to 60 (4 weeks pooled, where nothing else is said):
#                                              sound hospitals stopped,    harmed ones missed, late
#                                              of 20: mean, range          or early, of 40: mean, range
#   missed .28, late .11 (the solution)            .13, 0 to 2                  .00, 0
#   missed .29, late .11, 3 weeks                  .57, 0 to 2                  .05, 0 to 1
#   missed .25, late .10, each of 3 weeks          .22, 0 to 2                  .12, 0 to 1
#   missed .30, late .11, each of 2 weeks          .53, 0 to 3                  .05, 0 to 1
#   missed .28, alert_rate .20                     .07, 0 to 2                  .02, 0 to 1
#   missed .30, late .12, 8 weeks (slow)           .00, 0                      1.58, 0 to 5
#   missed .28, false_alarm_share .775 (frail)    2.08, 0 to 6                  .28, 0 to 2
#   missed .30, late .11, each week by itself    19.68, 17 to 20               7.70, 2 to 13
#   missed .28 alone; late .11 alone               .07, 0 to 1                20.00, 20
#   error_share .14 (a rule on accuracy)          4.45, 2 to 8                20.23, 19 to 22
#   missed .60, late .30                           .00, 0                     40.00, 40
#   missed .30, late .12, 13 weeks                 .00, 0                     37.48, 33 to 40
# SPARED has a margin of 1 from the worst sound rule (3 from the worst in what it lets go), of 13 and 15 from the wrong.
@graded(
    points=15, hint="Run `python ship.py`. A single bad week passes; harm stays. And it comes in more than one way."
)
def test_rollback_rule_stops_harm_only(document, seed):
    """The rollback rules stop harm in time, and nothing else"""
    rules = rules_of(document)
    stopped: list[str] = []
    let_go: list[str] = []
    early: list[str] = []
    for n in range(ROLLOUTS):
        number = seed + 1000 * n
        hospital = build(number)
        truth = hospital.truth("rollout")
        for site, weeks in hospital.public("rollout").groupby("site"):
            stops = [stop for rule in rules if (stop := replay(weeks, rule)) is not None]
            first, begins = min(stops, default=None), truth[site]["week"]
            name = f"hospital {site} of the rollout of seed {number}"
            if begins is None:
                stopped += [f"{name} after week {first}"] if first is not None else []
            elif first is not None and first < begins:
                early.append(f"{name} after week {first}, and its harm began in week {begins}")
            elif first is None or first >= begins + IN_TIME:
                late = f"only after week {first}" if first else "never"
                let_go.append(f"{name} {late}, though from week {begins} there was harm: {truth[site]['harm']}")
    expect(
        len(stopped) <= SPARED,
        lambda: (
            f"rollback.yaml: your rules stop {len(stopped)} of {ROLLOUTS} hospitals in which nothing was wrong; "
            f"at most {SPARED} may be. The first is {stopped[0]}. A rule that fires for one bad "
            "week is not believed when something is really wrong."
        ),
    )
    expect(
        len(early) + len(let_go) <= SPARED,
        lambda: (
            f"rollback.yaml: of {2 * ROLLOUTS} hospitals with harm your rules stop {len(let_go)} too late or never and "
            f"{len(early)} too early; {SPARED} may be. The first is {(let_go or early)[0]}. Expected a stop within "
            f"{IN_TIME} weeks. Until then patients are harmed by it."
        ),
    )


# What is said about it ---------------------------------------------------------------------------------------------

CARD = {
    "name": str,
    "version": str,
    "intended_use": str,
    "not_for": str,
    "who_acts": str,
    "data": str,
    "threshold": float,
    "stays": int,
    "returned": int,
    "alerts_per_100": float,
    "sensitivity": float,
    "sensitivity_low": float,
    "sensitivity_high": float,
    "ppv": float,
    "weakest_variable": str,
    "weakest_level": str,
    "weakest_returned": int,
    "weakest_sensitivity": float,
    "weakest_low": float,
    "weakest_high": float,
}


def card_and_results(document, practice) -> tuple[Any, pd.DataFrame]:
    """Return the model card, and what the silent run of the practice hospital shows at its threshold."""
    card = document("model_card.yaml", CARD)
    table = count(silent_run(practice), card["threshold"])
    everybody = table.iloc[0]
    expect(
        0 < everybody["flagged"] < everybody["n"],
        f"{card.where('threshold')}: a threshold of {card['threshold']:g} flags {everybody['flagged']} of "
        f"{everybody['n']} stays; expected some, not all: a list of nobody or of everybody helps no ward.",
    )
    return card, table


def weakest(card, table: pd.DataFrame) -> pd.Series:
    """Return the level with the lowest sensitivity among those with enough returns; of several, the card's."""
    levels = lowest(table)
    said = (levels["variable"] == card["weakest_variable"]) & (levels["level"] == card["weakest_level"])
    return (levels[said] if said.any() else levels).iloc[0]


@graded(points=10, hint="Run `python ship.py` with the threshold of the card. Which row has the lowest sensitivity?")
def test_card_states_what_was_counted(document, practice):
    """The model card says what was counted, and for whom it fails"""
    card, table = card_and_results(document, practice)
    everybody, low = table.iloc[0], weakest(card, table)
    expect(
        card["version"] == VERSION,
        f"{card.where('version')}: version is {card['version']}; the silent run was of {VERSION}. "
        "Results belong to one version.",
    )
    expect(
        says_synthetic(card["data"]) and "not for clinical use" in card["data"].lower(),
        f"{card.where('data')}: data must say both: synthetic, and not for clinical use, whatever the other lines say. "
        "Cards travel alone.",
    )
    numbers = {
        "stays": (everybody["n"], 0),
        "returned": (everybody["returned"], 0),
        "alerts_per_100": (100 * everybody["flagged"] / everybody["n"], 0.06),
        "sensitivity": (everybody["sensitivity"], 0.006),
        "sensitivity_low": (everybody["low"], 0.006),
        "sensitivity_high": (everybody["high"], 0.006),
        "ppv": (everybody["ppv"], 0.006),
    }
    expect_card(card, numbers, f"of all stays ({said_of(everybody)})")
    name = f"{card['weakest_variable']} = {card['weakest_level']}"
    named_row = table[(table["variable"] == card["weakest_variable"]) & (table["level"] == card["weakest_level"])]
    few = ""
    if named_row.empty:
        few = " The run has no such level: take variable and level from the output of `python ship.py`."
    elif named_row["returned"].iloc[0] < ENOUGH:
        few = f" It has {named_row['returned'].iloc[0]} returns; fewer than {ENOUGH} say too little."
    expect(
        (card["weakest_variable"], card["weakest_level"]) == (low["variable"], low["level"]),
        f"{card.where('weakest_level')}: the weakest level is {name}; expected the lowest sensitivity among the levels "
        f"with {ENOUGH} returns or more, of every variable.{few} Those people are the first to be told.",
    )
    numbers = {
        "weakest_returned": (low["returned"], 0),
        "weakest_sensitivity": (low["sensitivity"], 0.006),
        "weakest_low": (low["low"], 0.006),
        "weakest_high": (low["high"], 0.006),
    }
    expect_card(card, numbers, f"of {name} ({said_of(low)})")
    texts = ["intended_use", "not_for", "who_acts"]
    for key in texts:
        words = len(card[key].split())
        expect(words >= 6, f"{card.where(key)}: {key} has {words} words; write a sentence that a ward could act on.")
        same = [other for other in texts if other != key and card[other].casefold() == card[key].casefold()]
        expect(not same, f"{card.where(key)}: {key} says the same as {' and '.join(same)}; each asks something else.")


def said_of(row: pd.Series) -> str:
    """Return a row's counts as words."""
    return f"{row['n']} stays, {row['flagged']} flagged, {row['returned']} returned, {row['found']} of them found"


def expect_card(card, numbers: dict[str, tuple[float, float]], whose: str) -> None:
    """Raise NotYet unless the card's numbers are those that were counted."""
    for key, (right, within) in numbers.items():
        percent = abs(card[key] / 100 - right) <= within and card[key] > 1
        expect(
            not percent,
            f"{card.where(key)}: {key} is {card[key]:g}; a share goes from 0 to 1, so write {card[key] / 100:g}.",
        )
        expect(
            abs(card[key] - right) <= within + 1e-9,
            f"{card.where(key)}: {key} is {card[key]:g}, which is not what the silent run shows at your threshold "
            f"{card['threshold']:g} {whose}. Whoever buys or stops the score will read this number and no other.",
        )


HEADINGS = ("Context / Problem", "Data", "Approach", "Evaluation", "Risks & Limitations", "Next Steps")
WORDS = 40  # at least, in each section
COPIED = 0.4  # of a section's runs of three words that may stand in another


def case_study(document) -> tuple[str, dict[str, str]]:
    """Return the case study's title and its six sections, without comments."""
    prose = document("case_study.md")
    for heading in HEADINGS:
        near = [other for other in prose.sections if other.casefold().strip() == heading.casefold()]
        expect(
            heading in prose.sections,
            f"case_study.md has no section `## {heading}`.{f' It has `{near[0]}`: write it as here.' if near else ''} "
            "The six headings are always the same, so that a reader finds the weak spot of the third study at once.",
        )
    sections = {name: re.sub(r"<!--.*?-->", "", prose.sections[name], flags=re.DOTALL).strip() for name in HEADINGS}
    title = re.search(r"^# +(.+)$", prose.text, re.MULTILINE)
    expect(title, "case_study.md has no title; begin it with a line `# …`.")
    return title[1] if title else "", sections


@graded(points=10, hint="Give each section to somebody alone: does it answer its own question, and no other?")
def test_case_study_has_six_parts(document):
    """The case study has six parts, each with something of its own"""
    title, sections = case_study(document)
    for heading, text in sections.items():
        words = re.findall(r"[^\W\d_]+", text.lower())
        expect(
            len(words) >= WORDS,
            f"case_study.md, {heading}: {len(words)} words; at least {WORDS} are needed to say something of use.",
        )
        sentences = [s for s in sentences_of(text) if len(s.split()) >= 5]
        expect(
            len(sentences) >= 3 and len(set(words)) >= 0.45 * len(words),
            f"case_study.md, {heading}: {len(sentences)} sentences and {len(set(words))} different words of "
            f"{len(words)}; expected three sentences or more that do not repeat themselves. "
            "A list of the right words convinces nobody.",
        )
    for one, other in combinations(HEADINGS, 2):
        mine, theirs = triples(sections[one]), triples(sections[other])
        shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        expect(
            shared <= COPIED,
            f"case_study.md: {other} repeats {shared:.0%} of {one}. Each part answers a question of its own; a reader "
            "who finds the same sentences twice stops reading.",
        )
    for place, text in (("title", title), ("section Data", sections["Data"])):
        expect(
            says_synthetic(text),
            f"case_study.md: the {place} does not say that the data are synthetic. Titles and tables travel without "
            "their page, and then a number is taken for a hospital's.",
        )
    risks, ahead = sections["Risks & Limitations"].lower(), sections["Next Steps"].lower()
    expect(
        "not for clinical use" in risks,
        "case_study.md, Risks & Limitations: it does not say `not for clinical use`. Somebody will want to try it.",
    )
    expect(
        re.search(r"prospective", ahead) and re.search(r"\b(stop|stops|stopped)\b", ahead) and re.search(r"\d", ahead),
        "case_study.md, Next Steps: expected a prospective validation, with its length or size as a number, and what "
        "would stop it. A next step that cannot fail tests nothing.",
    )
    refused = re.search(r"\bnothing (?:would|could|can) stop\b|\b(?:not|un)(?: |-)?(?:needed|necessary)\b", ahead)
    expect(
        not refused,
        lambda: f'case_study.md, Next Steps: no reviewer accepts "{refused[0]}"; say what is tried, and what ends it.',
    )


def says_synthetic(text: str) -> bool:
    """Tell whether a text calls its data synthetic, and does not deny it."""
    return bool(re.search(r"\bsynthetic\b", text, re.IGNORECASE)) and not re.search(
        r"\b(?:not|no|non|never|n't)[ -](?:\w+ )?synthetic\b", text, re.IGNORECASE
    )


def triples(text: str) -> set[tuple[str, ...]]:
    """Return every run of three words."""
    words = re.findall(r"[^\W_]+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


@graded(points=5, hint="Copy each number from the output of `python ship.py`, at the threshold of your card.")
def test_case_study_numbers_can_be_counted(document, practice):
    """Every number in the case study can be counted again"""
    card, table = card_and_results(document, practice)
    _, sections = case_study(document)
    run = silent_run(practice)
    rule = count(run.assign(score=run["earlier_stay"].astype(float)), 0.5).iloc[0]
    everybody, low = table.iloc[0], weakest(card, table)
    results = Counted(table, low, rule, card["threshold"], VERSION)
    for heading in HEADINGS[:-1]:  # the next steps are plans
        for sentence in sentences_of(sections[heading]):
            fault = uncounted(sentence, results) or told_wrongly(sentence, results)
            expect(not fault, f"case_study.md, {heading}: {fault}")
    evaluation = [n for s in sentences_of(sections["Evaluation"]) for n in results.numbers_of(s)]
    must = {
        "the sensitivity": everybody["sensitivity"],
        "the lower end of its interval": everybody["low"],
        "the upper end of its interval": everybody["high"],
        "the PPV": everybody["ppv"],
        f"the sensitivity of the weakest level, {low['level']},": low["sensitivity"],
        "the upper end of its interval ": low["high"],
    }
    for what, share in must.items():
        expect(
            any(is_share(text, percent, share) for text, percent in evaluation),
            f"case_study.md, Evaluation: {what.strip()} is not there (as 0.42 or 42 %). Without it nobody can judge "
            "whether the score would help a ward, or whom it leaves out.",
        )
