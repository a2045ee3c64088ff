"""Patients as a FHIR R4 Bundle: Patient, Encounter, Condition and Observation, checked by `fhir.resources`.

What the tables do not know is left out, not made up: a birth date is a year, and a result has the time at which it was
reported (`issued`), but not the time at which blood was drawn (`effective`).
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta, timezone
from typing import Any

import pandas as pd

from wardround.hospital.exports.codes import LOINC, birth_year
from wardround.hospital.hospital import Hospital
from wardround.hospital.labs import LABS

BASE = "https://wardround.example/fhir"
"""Where the resources would live. A reserved name: nothing answers there."""
CLOCK = timezone(timedelta(hours=-6))
"""The hospital's clock: six hours behind UTC all year. The tables' times are on this clock and do not say so."""

TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
GENDERS = {"F": "female", "M": "male"}
CLASSES = {"inpatient": "IMP", "emergency": "EMER", "observation": "OBSENC"}
DISPOSITIONS = {
    "home": "home",
    "home_health": "home",  # FHIR has no code of its own for it; `text` keeps our word
    "snf": "snf",
    "expired": "exp",
    "ama": "aadvice",
    "transfer_acute": "other-hcf",
}
SOURCES = {"emergency": "emd", "transfer": "hosp-trans", "scheduled": "other"}
CATEGORIES = {"problem list": "problem-list-item", "billing": "encounter-diagnosis"}
_DECIMALS = {(lab.name, lab.unit): lab.decimals for lab in LABS}

Resource = dict[str, Any]


def to_fhir(hospital: Hospital, patients: Iterable[int], clock: timezone = CLOCK) -> Resource:
    """Return a Bundle (type `collection`) with everything the tables hold about some patients, as JSON-like values.

    Order: each patient, then that patient's encounters by time, each with its conditions and results.

    Args:
        hospital: where they were treated.
        patients: their `patient_id`s, each once in the Bundle.
        clock: the offset from UTC that every time carries.

    Raises:
        ImportError: `fhir.resources` is not installed; the message says how to install it.
        KeyError: there is no patient with such an id.
    """
    models = _models()
    wanted = list(dict.fromkeys(int(patient) for patient in patients))
    people = hospital.public("patients").set_index("patient_id", drop=False)
    unknown = [patient for patient in wanted if patient not in people.index]
    if unknown:
        raise KeyError(f"the hospital has no patient {unknown[0]}; its patients are 1 to {hospital.size}")
    resources = _resources(hospital, people.loc[wanted], clock)
    entries = [{"fullUrl": f"{BASE}/{r['resourceType']}/{r['id']}", "resource": r} for r in resources]
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": entries}
    models.model_validate(bundle)
    return bundle


def _models() -> Any:
    try:
        from fhir.resources.R4B.bundle import Bundle
    except ImportError:
        raise ImportError("The FHIR export needs one more package: pip install 'wardround[fhir]'") from None
    return Bundle


def _resources(hospital: Hospital, people: pd.DataFrame, clock: timezone) -> Iterator[Resource]:
    def of(table: str, time: str) -> pd.DataFrame:
        rows = hospital.public(table)
        rows = rows[rows["patient_id"].isin(people.index)]
        return rows.sort_values([time, *rows.columns], ignore_index=True)

    encounters = dict(iter(of("admissions", "admit_time").groupby("patient_id")))
    conditions = dict(iter(of("conditions", "recorded_time").groupby("encounter_id")))
    labs = dict(iter(of("labs", "time").groupby("encounter_id")))
    for patient in people.to_dict("records"):
        yield _patient(patient)
        for encounter in _rows(encounters, patient["patient_id"]):
            yield _encounter(encounter, clock)
            for number, condition in enumerate(_rows(conditions, encounter["encounter_id"]), start=1):
                yield _condition(condition, number, clock)
            for number, result in enumerate(_rows(labs, encounter["encounter_id"]), start=1):
                yield _observation(result, number, clock)


def _rows(groups: dict[Any, pd.DataFrame], key: int) -> list[dict[Any, Any]]:
    return groups[key].to_dict("records") if key in groups else []


def _patient(row: dict[Any, Any]) -> Resource:
    return {
        "resourceType": "Patient",
        "id": f"patient-{row['patient_id']}",
        "identifier": [{"system": f"{BASE}/mrn", "value": str(row["patient_id"])}],
        "gender": GENDERS[row["sex"]],
        "birthDate": str(birth_year(row["age"])),
    }


def _encounter(row: dict[Any, Any], clock: timezone) -> Resource:
    priority = "EL" if row["planned"] else "EM"
    return {
        "resourceType": "Encounter",
        "id": f"encounter-{row['encounter_id']}",
        "status": "finished",
        "class": {"system": f"{TERMINOLOGY}/v3-ActCode", "code": CLASSES[row["class"]]},
        "priority": _concept(f"{TERMINOLOGY}/v3-ActPriority", priority),
        "subject": {"reference": f"Patient/patient-{row['patient_id']}"},
        "period": {"start": _time(row["admit_time"], clock), "end": _time(row["discharge_time"], clock)},
        "hospitalization": {
            "admitSource": _concept(f"{TERMINOLOGY}/admit-source", SOURCES[row["admit_source"]], row["admit_source"]),
            "dischargeDisposition": _concept(
                f"{TERMINOLOGY}/discharge-disposition", DISPOSITIONS[row["disposition"]], row["disposition"]
            ),
        },
        "location": [{"location": {"display": row["ward"]}}],
        "serviceProvider": {"display": row["facility"]},
    }


def _condition(row: dict[Any, Any], number: int, clock: timezone) -> Resource:
    return {
        "resourceType": "Condition",
        "id": f"condition-{row['encounter_id']}-{number}",
        "clinicalStatus": _concept(f"{TERMINOLOGY}/condition-clinical", "active"),
        "category": [_concept(f"{TERMINOLOGY}/condition-category", CATEGORIES[row["source"]], row["source"])],
        "code": _concept("http://hl7.org/fhir/sid/icd-10-cm", row["code"], row["condition"]),
        **_of_whom(row),
        "recordedDate": _time(row["recorded_time"], clock),
    }


def _observation(row: dict[Any, Any], number: int, clock: timezone) -> Resource:
    test = (row["lab"], row["unit"])
    value = round(float(row["value"]), _DECIMALS.get(test, 0))
    return {
        "resourceType": "Observation",
        "id": f"observation-{row['encounter_id']}-{number}",
        "status": "final",
        "category": [_concept(f"{TERMINOLOGY}/observation-category", "laboratory")],
        "code": _concept("http://loinc.org", LOINC[test], row["lab"]),
        **_of_whom(row),
        "issued": _time(row["time"], clock),
        "valueQuantity": {
            "value": value,
            "unit": row["unit"],
            "system": "http://unitsofmeasure.org",
            "code": row["unit"],
        },
    }


def _of_whom(row: dict[Any, Any]) -> Resource:
    return {
        "subject": {"reference": f"Patient/patient-{row['patient_id']}"},
        "encounter": {"reference": f"Encounter/encounter-{row['encounter_id']}"},
    }


def _concept(system: str, code: str, text: str | None = None) -> Resource:
    concept: Resource = {"coding": [{"system": system, "code": code}]}
    return concept | ({"text": text} if text else {})


def _time(moment: pd.Timestamp, clock: timezone) -> str:
    return moment.tz_localize(clock).isoformat(timespec="seconds")
