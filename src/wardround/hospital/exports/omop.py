"""The hospital in the shape of the OMOP common data model (version 5.4), as tables of a DuckDB database.

A concept id stands only where it was looked up in an OMOP vocabulary. Everywhere else it is 0 ("no matching concept"),
as OMOP asks, and the hospital's own word or code stays in the `…_source_value` beside it.
"""

from typing import Any

import pandas as pd

from wardround.hospital.exports.codes import LOINC, birth_year
from wardround.hospital.exports.duckdb import write
from wardround.hospital.hospital import Hospital
from wardround.hospital.period import END, START
from wardround.hospital.stays import FACILITIES

CONCEPTS = pd.DataFrame(
    [
        (0, "No matching concept", "Metadata", "None", "No matching concept"),
        (8507, "MALE", "Gender", "Gender", "M"),
        (8532, "FEMALE", "Gender", "Gender", "F"),
        (9201, "Inpatient Visit", "Visit", "Visit", "IP"),
        (9203, "Emergency Room Visit", "Visit", "Visit", "ER"),
        (3000963, "Hemoglobin", "Measurement", "LOINC", "718-7"),
        (3016723, "Creatinine serum/plasma", "Measurement", "LOINC", "2160-0"),
        (3019550, "Sodium serum/plasma", "Measurement", "LOINC", "2951-2"),
    ],
    columns=["concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_code"],
)
"""The concepts in use. Looked up in the vocabulary that ships with Eunomia; the two genders, in its person table and
HL7's guide from FHIR to OMOP."""

_CARE_SITE_IDS = {name: number for number, name in enumerate(FACILITIES.tolist(), start=1)}
_OF_VISIT = {"inpatient": "IP", "emergency": "ER"}  # observation: no concept was verified


def to_omop(hospital: Hospital, target: Any = ":memory:") -> Any:
    """Write the tables and return the DuckDB connection, which the caller closes.

    Tables: person, observation_period, care_site, visit_occurrence, condition_occurrence, measurement, and concept (the
    few that are in use).


    `condition_status_source_value` says which source recorded a condition, "problem list" or "billing". Creatinine in
    umol/L is another LOINC than in mg/dL, and its concept is 0: who selects by concept sees one campus only.

    Args:
        hospital: whose public tables.
        target: an open DuckDB connection, or the path of a database file; as it is, a database in memory.

    Raises:
        ValueError: the file is no DuckDB database, or it holds such a table already. Nothing is written.
    """
    tables = {
        "person": _person(hospital.public("patients")),
        "observation_period": _observation_period(hospital.public("patients")),
        "care_site": pd.DataFrame(_CARE_SITE_IDS.items(), columns=["care_site_name", "care_site_id"]),
        "visit_occurrence": _visit_occurrence(hospital.public("admissions")),
        "condition_occurrence": _condition_occurrence(hospital.public("conditions")),
        "measurement": _measurement(hospital.public("labs")),
        "concept": CONCEPTS,
    }
    return write(tables, target)


def _concept_of(vocabulary: str, codes: "pd.Series[Any]") -> "pd.Series[int]":
    known = CONCEPTS[CONCEPTS["vocabulary_id"] == vocabulary]
    ids = dict(zip(known["concept_code"], known["concept_id"], strict=True))
    return codes.map(ids).fillna(0).astype("int64")


def _person(patients: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person_id": patients["patient_id"],
            "gender_concept_id": _concept_of("Gender", patients["sex"]),
            "year_of_birth": patients["age"].map(birth_year),
            "race_concept_id": 0,
            "ethnicity_concept_id": 0,
            "person_source_value": patients["patient_id"].astype(str),
            "gender_source_value": patients["sex"],
            "race_source_value": patients["group"],
        }
    )


def _observation_period(patients: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "observation_period_id": patients["patient_id"],
            "person_id": patients["patient_id"],
            "observation_period_start_date": pd.Timestamp(START).date(),
            "observation_period_end_date": (pd.Timestamp(END) - pd.Timedelta(days=1)).date(),
            "period_type_concept_id": 0,
        }
    )


def _visit_occurrence(admissions: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "visit_occurrence_id": admissions["encounter_id"],
            "person_id": admissions["patient_id"],
            "visit_concept_id": _concept_of("Visit", admissions["class"].map(_OF_VISIT)),
            "visit_start_date": admissions["admit_time"].dt.date,
            "visit_start_datetime": admissions["admit_time"],
            "visit_end_date": admissions["discharge_time"].dt.date,
            "visit_end_datetime": admissions["discharge_time"],
            "visit_type_concept_id": 0,
            "care_site_id": admissions["facility"].map(_CARE_SITE_IDS),
            "visit_source_value": admissions["class"],
            "admitted_from_source_value": admissions["admit_source"],
            "discharged_to_source_value": admissions["disposition"],
        }
    )


def _condition_occurrence(conditions: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "condition_occurrence_id": conditions.index + 1,
            "person_id": conditions["patient_id"],
            "condition_concept_id": 0,
            "condition_start_date": conditions["recorded_time"].dt.date,
            "condition_start_datetime": conditions["recorded_time"],
            "condition_type_concept_id": 0,
            "visit_occurrence_id": conditions["encounter_id"],
            "condition_source_value": conditions["code"],
            "condition_status_source_value": conditions["source"],
        }
    )


def _measurement(labs: pd.DataFrame) -> pd.DataFrame:
    loinc = pd.Series([LOINC[test] for test in zip(labs["lab"], labs["unit"], strict=True)], dtype=str)
    return pd.DataFrame(
        {
            "measurement_id": labs.index + 1,
            "person_id": labs["patient_id"],
            "measurement_concept_id": _concept_of("LOINC", loinc),
            "measurement_date": labs["time"].dt.date,
            "measurement_datetime": labs["time"],
            "measurement_type_concept_id": 0,
            "value_as_number": labs["value"],
            "unit_concept_id": 0,
            "visit_occurrence_id": labs["encounter_id"],
            "measurement_source_value": loinc,
            "unit_source_value": labs["unit"],
        }
    )
