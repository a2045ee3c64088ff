"""Codes that the exports share, so that FHIR and OMOP name a test alike."""

from wardround.hospital.labs import LABS

LOINC = {(lab.name, lab.unit): lab.loinc for lab in LABS} | {("creatinine", "umol/L"): "14682-9"}
"""(test, unit) to LOINC. Creatinine has two codes: mass (mg/dL) and moles (umol/L) in a volume are different codes."""

UNITS = {code: unit for (_, unit), code in LOINC.items()}
"""LOINC to the UCUM unit that the hospital reports it in."""


def birth_year(age: int) -> int:
    """Return the year of birth of somebody of this age at the start of 2023 (but for a birthday on 1 January)."""
    return 2022 - age
