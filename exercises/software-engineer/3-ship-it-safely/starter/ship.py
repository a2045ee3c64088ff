"""Ship it safely: stays as FHIR and back, results with their intervals, and a rule that switches a model off.

Run `python ship.py` to try your functions on the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

from pathlib import Path
from typing import Any

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
    # TODO: one function for each kind of resource, and one for times; then a list of entries
    raise NotImplementedError("bundle is not written yet")


def tables_from(bundle: dict[str, Any]) -> dict[str, pd.DataFrame]:
    """Read a Bundle of any hospital that keeps to the README's form back into tables.

    Returns:
        "admissions": encounter_id, patient_id (int), class, planned (bool), admit_time, discharge_time, disposition.
        "labs": encounter_id, patient_id (int), lab, time, value (float), unit.
        Times are naive (without a zone) and on the hospital's clock, as in its own tables.
    """
    # TODO: collect resources by kind and reference first; entries come in any order
    raise NotImplementedError("tables_from is not written yet")


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
    # TODO: count first; then the shares, and the Wilson interval of sensitivity
    raise NotImplementedError("results is not written yet")


def first_stop(weeks: pd.DataFrame, rule: dict[str, Any]) -> int | None:
    """Return the first week after which a rule stops the model; None if it never does.

    Args:
        weeks: one row per week of one hospital's rollout, as in the table `rollout`, in no order; no week is missing.
        rule: metric (a key of METRICS), above (a share), weeks (how many, 1 or more) and how: "pooled" adds up the
            counts of the last `weeks` weeks and compares their share; "each" asks that each of them lies above.

    Returns:
        The number in the column `week`. A share of nobody is not above anything.
    """
    # TODO: sort by week; a window that is not full yet decides nothing
    raise NotImplementedError("first_stop is not written yet")


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
