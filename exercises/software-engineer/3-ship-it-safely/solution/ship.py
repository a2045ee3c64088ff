"""Ship it safely: stays as FHIR and back, results with their intervals, and a rule that switches a model off.

Run `python ship.py` to try your functions on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

from pathlib import Path
from typing import Any

# --- solution
import numpy as np

# --- end
import pandas as pd
import yaml

from wardround.hospital import Hospital, build
from wardround.hospital.silent_run import silent_run

BASE = "https://wardround.example/fhir"  # a reserved name: nothing answers there
MRN, VISIT = f"{BASE}/mrn", f"{BASE}/visit"  # the systems of patients' and encounters' identifiers
CLOCK = "-06:00"  # the hospital's clock, all year; the tables' times are on it and do not say so
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
CLASSES = {"inpatient": "IMP", "emergency": "EMER", "observation": "OBSENC"}  # of v3-ActCode
GENDERS = {"F": "female", "M": "male"}
LOINC = {  # (lab, unit) to its code in http://loinc.org; the units are UCUM's, http://unitsofmeasure.org
    ("creatinine", "mg/dL"): "2160-0",
    ("creatinine", "umol/L"): "14682-9",
    ("hemoglobin", "g/dL"): "718-7",
    ("sodium", "mmol/L"): "2951-2",
    ("wbc", "10*3/uL"): "6690-2",
    ("lactate", "mmol/L"): "2524-7",
}
METRICS = {  # of the rollback rules: what is counted, and among what
    "missed_share": (["missed"], "deteriorations"),
    "late_share": (["late_reviews"], "reviews"),
    "false_alarm_share": (["false_alarms"], "alerts"),
    "alert_rate": (["alerts"], "patient_days"),
    "error_share": (["missed", "false_alarms"], "patient_days"),  # one minus accuracy
}


def bundle(patients: pd.DataFrame, admissions: pd.DataFrame, labs: pd.DataFrame) -> dict[str, Any]:
    """Write some patients, their encounters of every class and their results as a FHIR R4 Bundle.

    Args:
        patients, admissions, labs: some rows of the hospital's tables; those of `admissions` and `labs` belong to
            `patients`.

    Returns:
        A Bundle of the type `collection` as JSON-like values: dicts, lists, text, numbers. The README shows its parts.
    """
    # --- solution: one function for each kind of resource, and one for times; then a list of entries
    resources = [_patient(row) for row in patients.to_dict("records")]
    resources += [_encounter(row) for row in admissions.to_dict("records")]
    resources += [_observation(n, row) for n, row in enumerate(labs.to_dict("records"), start=1)]
    entries = [{"fullUrl": f"{BASE}/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
    # --- end


# --- solution
def _patient(row: dict[Any, Any]) -> dict[str, Any]:
    return {
        "resourceType": "Patient",
        "id": f"patient-{row['patient_id']}",
        "identifier": [{"system": MRN, "value": str(row["patient_id"])}],
        "gender": GENDERS[row["sex"]],
    }


def _encounter(row: dict[Any, Any]) -> dict[str, Any]:
    priority = "EL" if row["planned"] else "EM"
    return {
        "resourceType": "Encounter",
        "id": f"encounter-{row['encounter_id']}",
        "identifier": [{"system": VISIT, "value": str(row["encounter_id"])}],
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": CLASSES[row["class"]]},
        "priority": {"coding": [{"system": f"{TERMINOLOGY}/v3-ActPriority", "code": priority}]},
        "subject": {"reference": f"Patient/patient-{row['patient_id']}"},
        "period": {"start": _said(row["admit_time"]), "end": _said(row["discharge_time"])},
        "hospitalization": {"dischargeDisposition": {"text": row["disposition"]}},
    }


def _observation(number: int, row: dict[Any, Any]) -> dict[str, Any]:
    unit = row["unit"]
    return {
        "resourceType": "Observation",
        "id": f"observation-{number}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": LOINC[row["lab"], unit]}], "text": row["lab"]},
        "subject": {"reference": f"Patient/patient-{row['patient_id']}"},
        "encounter": {"reference": f"Encounter/encounter-{row['encounter_id']}"},
        "issued": _said(row["time"]),
        "valueQuantity": {
            "value": float(row["value"]),
            "unit": unit,
            "system": "http://unitsofmeasure.org",
            "code": unit,
        },
    }


def _said(moment: pd.Timestamp) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%S}{CLOCK}"


# --- end
def tables_from(bundle: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Read a Bundle of any hospital that keeps to the README's form back into tables.

    Returns:
        "admissions": encounter_id, patient_id (int), class, planned (bool), admit_time, discharge_time, disposition.
        "labs": encounter_id, patient_id (int), lab, time, value (float), unit.
        Times are naive (without a zone) and on the hospital's clock, as in its own tables.
    """
    # --- solution: collect resources by kind and reference first; entries come in any order
    by_reference = {f"{r['resourceType']}/{r['id']}": r for r in _resources(bundle)}
    labs_of = {code: lab for (lab, _), code in LOINC.items()}
    classes = {code: name for name, code in CLASSES.items()}
    admissions, labs = [], []
    for resource in by_reference.values():
        if resource["resourceType"] == "Encounter":
            admissions.append(
                {
                    "encounter_id": _number(resource),
                    "patient_id": _number(by_reference[resource["subject"]["reference"]]),
                    "class": classes[resource["class"]["code"]],
                    "planned": resource["priority"]["coding"][0]["code"] == "EL",
                    "admit_time": _moment(resource["period"]["start"]),
                    "discharge_time": _moment(resource["period"]["end"]),
                    "disposition": resource["hospitalization"]["dischargeDisposition"]["text"],
                }
            )
        elif resource["resourceType"] == "Observation":
            quantity = resource["valueQuantity"]
            labs.append(
                {
                    "encounter_id": _number(by_reference[resource["encounter"]["reference"]]),
                    "patient_id": _number(by_reference[resource["subject"]["reference"]]),
                    "lab": labs_of[resource["code"]["coding"][0]["code"]],
                    "time": _moment(resource["issued"]),
                    "value": float(quantity["value"]),
                    "unit": quantity["code"],
                }
            )
    return {"admissions": pd.DataFrame(admissions), "labs": pd.DataFrame(labs)}
    # --- end


# --- solution
def _resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in bundle["entry"]]


def _number(resource: dict[str, Any]) -> int:
    own = next(i for i in resource["identifier"] if i["system"] in (MRN, VISIT))
    return int(own["value"])


def _moment(text: str) -> pd.Timestamp:
    return pd.Timestamp(text).tz_convert(f"UTC{CLOCK}").tz_localize(None)


# --- end
def results(run: pd.DataFrame, threshold: float) -> pd.DataFrame:
    """Count what a score found, for everybody and for each level of sex, age_band, group and site.

    Args:
        run: one row per stay: sex, age_band, group, site, score, returned (bool).
        threshold: a stay is flagged when score >= threshold.

    Returns:
        One row for everybody (variable "all", level "all") and one per variable and level; a missing value is the
        level "not recorded". Columns: variable, level, n, flagged, returned, found (flagged and returned),
        sensitivity, low, high, ppv. A share of nobody is NaN.
    """
    # --- solution: count first; then the shares, and the Wilson interval of sensitivity
    told = run.assign(all="all", flagged=run["score"] >= threshold)
    told["found"] = told["flagged"] & told["returned"]
    parts = []
    for variable in ("all", "sex", "age_band", "group", "site"):
        level = told[variable].astype(object).where(told[variable].notna(), "not recorded")
        counts = told.groupby(level)[["flagged", "returned", "found"]].sum().astype(int)
        counts.insert(0, "n", told.groupby(level).size())
        parts.append(counts.rename_axis("level").reset_index().assign(variable=variable))
    table = pd.concat(parts, ignore_index=True)

    n, k, z = table["returned"].where(table["returned"] > 0), table["found"], 1.959964
    table["sensitivity"] = k / n
    middle = (k + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(k * (n - k) / n + z**2 / 4)
    table["low"], table["high"] = middle - half, middle + half
    table["ppv"] = k / table["flagged"].where(table["flagged"] > 0)
    columns = ["variable", "level", "n", "flagged", "returned", "found", "sensitivity", "low", "high", "ppv"]
    return table[columns]
    # --- end


def first_stop(weeks: pd.DataFrame, rule: dict[str, Any]) -> int | None:
    """Return the first week after which a rule stops the model; None if it never does.

    Args:
        weeks: one row per week of one hospital's rollout, as in the table `rollout`, in no order; no week is missing.
        rule: metric (a key of METRICS), above (a share), weeks (how many, 1 or more) and how: "pooled" adds up the
            counts of the last `weeks` weeks and compares their share; "each" asks that each of them lies above.

    Returns:
        The number in the column `week`. A share of nobody is not above anything.
    """
    # --- solution: sort by week; a window that is not full yet decides nothing
    counted, among = METRICS[rule["metric"]]
    weeks = weeks.sort_values("week")
    part, whole, size = weeks[counted].sum(axis=1), weeks[among], rule["weeks"]
    if rule["how"] == "pooled":
        part, whole = part.rolling(size).sum(), whole.rolling(size).sum()
        above = part > rule["above"] * whole
    else:
        above = (part > rule["above"] * whole).rolling(size).sum() == size
    fired = weeks.loc[above & (whole > 0), "week"]
    return int(fired.iloc[0]) if len(fired) else None
    # --- end


def show_bundle(hospital: Hospital) -> None:
    """Write a hundred patients as a Bundle, and print what a library and the hospital's own rules say to it."""
    from fhir.resources.R4B.bundle import Bundle

    from wardround.hospital.exports.fhir_rules import faults

    patients = hospital.public("patients").head(100)
    tables = [hospital.public(name) for name in ("admissions", "labs")]
    written = bundle(patients, *(table[table["patient_id"].isin(patients["patient_id"])] for table in tables))
    Bundle.model_validate(written)  # raises an error that names the place
    found = faults(written) or ["no faults"]
    more = [f"and {len(found) - 5} more"] if len(found) > 5 else []
    print(f"{len(written['entry'])} resources;", *found[:5], *more, sep="\n  ")


def show_results(hospital: Hospital) -> None:
    """Print what the score's silent run shows at the threshold of model_card.yaml (0.15 until you have written one)."""
    threshold = _document("model_card.yaml")["threshold"]
    threshold = threshold if isinstance(threshold, float) else 0.15
    run = silent_run(hospital)
    print(f"The silent run of the score, at the threshold {threshold}:")
    print(results(run, threshold).round(3).to_string(index=False))
    print("The rule to beat flags everybody with an earlier stay:")
    print(results(run.assign(score=run["earlier_stay"].astype(float)), 0.5).head(1).round(3).to_string(index=False))


def show_rules(hospital: Hospital) -> None:
    """Print after which week each rule of rollback.yaml stops each hospital of the practice rollout."""
    rules, truth = _document("rollback.yaml")["rules"], hospital.truth("rollout")
    for site, weeks in hospital.public("rollout").groupby("site"):
        stops = [first_stop(weeks, rule) for rule in rules] if isinstance(rules, list) else "no rules yet"
        print(
            f"Hospital {site}, harm: {truth[site]['harm']}, from week {truth[site]['week']}. "
            f"Your rules stop it: {stops}"
        )


def _document(name: str) -> dict[str, Any]:
    said: dict[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return said


def main() -> None:
    """Try your functions on the practice hospital, those that are written."""
    hospital = build(seed=1)
    for show in (show_bundle, show_results, show_rules):
        try:
            show(hospital)
        except NotImplementedError as error:
            print(error)
        print()


if __name__ == "__main__":
    main()
