"""Each rule finds the fault planted for it, names the entry, and stays silent otherwise."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from wardround.hospital import build
from wardround.hospital.exports.fhir import to_fhir
from wardround.hospital.exports.fhir_rules import RULES, Entry, faults

Change = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def sound() -> dict:
    """Two patients, both with stays, conditions and results."""
    hospital = build(2, patients=3000)
    measured = hospital.public("labs")["patient_id"].drop_duplicates()
    listed = hospital.public("conditions")["patient_id"]
    return to_fhir(hospital, measured[measured.isin(listed)].head(2))


def nth(bundle: dict, kind: str, n: int = 0) -> dict:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind][n]


def other_patient(bundle: dict) -> str:
    mine = nth(bundle, "Observation")["subject"]["reference"].removeprefix("Patient/")
    return next(i for n in range(2) if (i := nth(bundle, "Patient", n)["id"]) != mine)


def of(kind: str, path: str, value: Any) -> Change:
    """Put a value at a path of the first resource of a kind."""

    def change(bundle: dict[str, Any]) -> None:
        place: Any = nth(bundle, kind)
        *steps, last = path.split(".")
        for step in steps:
            place = place[int(step)] if isinstance(place, list) else place[step]
        place[last] = value

    return change


def reverse_period(bundle: dict[str, Any]) -> None:
    period = nth(bundle, "Encounter")["period"]
    period["start"], period["end"] = period["end"], period["start"]


def reverse_by_offset(bundle: dict[str, Any]) -> None:
    """22:00 at -06:00 is later than 23:00 at +00:00: a comparison of text would not see it."""
    nth(bundle, "Encounter")["period"] = {"start": "2024-03-01T22:00:00-06:00", "end": "2024-03-01T23:00:00+00:00"}


def same_id(bundle: dict[str, Any]) -> None:
    nth(bundle, "Observation", 1)["id"] = nth(bundle, "Observation", 0)["id"]


def same_url(bundle: dict[str, Any]) -> None:
    bundle["entry"][2]["fullUrl"] = bundle["entry"][1]["fullUrl"]


def someone_else(bundle: dict[str, Any]) -> None:
    nth(bundle, "Observation")["subject"]["reference"] = f"Patient/{other_patient(bundle)}"


def drop_zone(bundle: dict[str, Any]) -> None:
    nth(bundle, "Observation")["issued"] = nth(bundle, "Observation")["issued"][:19]


PLANTED: dict[str, tuple[Change, str, str]] = {
    "gender F": (of("Patient", "gender", "F"), "known_values", "gender is 'F'; FHIR R4 expects female"),
    "status banana": (of("Observation", "status", "banana"), "known_values", "status is 'banana'"),
    "class inpatient": (of("Encounter", "class.code", "inpatient"), "known_values", "class.code is 'inpatient'"),
    "dangling": (of("Encounter", "subject.reference", "Patient/nobody"), "references_resolve", "not in this Bundle"),
    "nobody's": (of("Observation", "subject", None), "references_resolve", "has no subject"),
    "wrong type": (None, "references_resolve", "must be a Patient"),  # type: ignore[dict-item]
    "other patient": (someone_else, "one_patient", "is about"),
    "reversed": (reverse_period, "times_in_order", "before it begins"),
    "reversed by offset": (reverse_by_offset, "times_in_order", "before it begins"),
    "no zone": (drop_zone, "times_with_a_zone", "without an offset"),
    "invented LOINC": (of("Observation", "code.coding.0.code", "9999-9"), "known_codes", "'9999-9'"),
    "other unit": (of("Observation", "valueQuantity.code", "mg"), "values_in_their_unit", "not in 'mg'"),
    "unit to read": (of("Observation", "valueQuantity.unit", "mmol/L"), "values_in_their_unit", "a person reads the"),
    "value as text": (of("Observation", "valueQuantity.value", "1.01"), "values_in_their_unit", "is the text '1.01'"),
    "nobody performed": (
        of("Observation", "performer", [{"reference": "Organization/1"}]),
        "references_resolve",
        "performer leads to 'Organization/1'",
    ),
    "ICD in words": (of("Condition", "code.coding.0.code", "heart failure"), "known_codes", "ICD-10-CM"),
    "duplicate id": (same_id, "unique_ids", "has the id of entry["),
    "duplicate url": (same_url, "unique_ids", "has the fullUrl of entry[1]"),
}


def plant(sound: dict, fault: str) -> dict:
    bundle = copy.deepcopy(sound)
    change = PLANTED[fault][0]
    if fault == "wrong type":
        change = of("Observation", "subject.reference", nth(bundle, "Observation")["encounter"]["reference"])
    change(bundle)
    return bundle


def test_a_sound_bundle_has_no_fault(sound: dict) -> None:
    assert faults(sound) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found_by_its_rule_and_no_other(sound: dict, fault: str) -> None:
    bundle = plant(sound, fault)
    changed = [n for n, entry in enumerate(bundle["entry"]) if entry != sound["entry"][n]]
    found = faults(bundle)
    entries = [
        Entry(e["resource"], e["resource"]["resourceType"], f"entry[{n}]", e["fullUrl"])
        for n, e in enumerate(bundle["entry"])
    ]
    assert {rule.__name__ for rule in RULES if list(rule(entries))} == {PLANTED[fault][1]}
    assert PLANTED[fault][2] in found[0]
    assert found[0].startswith(f"entry[{changed[0]}] (")
    assert found[0].endswith(".")


@pytest.mark.parametrize(
    "fault",
    [
        "gender F",
        "status banana",
        "dangling",
        "wrong type",
        "reversed",
        "invented LOINC",
        "duplicate id",
        "value as text",
    ],
)
def test_the_library_alone_would_let_it_pass(sound: dict, fault: str) -> None:
    """Why these rules exist. If the library learns one, this fails and the rule may go."""
    from fhir.resources.R4B.bundle import Bundle

    Bundle.model_validate(plant(sound, fault))


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for _, rule, _ in PLANTED.values()} == {rule.__name__ for rule in RULES}


def test_references_by_full_url_resolve_too(sound: dict) -> None:
    bundle = copy.deepcopy(sound)
    url = next(e["fullUrl"] for e in bundle["entry"] if e["resource"] is nth(bundle, "Patient"))
    nth(bundle, "Encounter")["subject"]["reference"] = url
    assert faults(bundle) == []


def test_a_stay_without_an_end_is_no_fault(sound: dict) -> None:
    bundle = copy.deepcopy(sound)
    del nth(bundle, "Encounter")["period"]["end"]
    assert faults(bundle) == []


@pytest.mark.parametrize("junk", [None, [], {"resourceType": "Patient"}, {"resourceType": "Bundle"}, "Bundle"])
def test_what_is_no_bundle_is_refused_in_a_sentence(junk: Any) -> None:
    with pytest.raises(TypeError, match="not a FHIR Bundle"):
        faults(junk)


@pytest.mark.parametrize("value", [None, 3, [], {}, [[]], {"reference": 3}, {"coding": "x"}, {"start": 3, "end": []}])
def test_no_shape_of_input_breaks_the_rules(sound: dict, value: Any) -> None:
    """Learners hand in anything. A rule says what it can, and never falls over."""
    for name in (
        "gender",
        "status",
        "class",
        "subject",
        "encounter",
        "period",
        "code",
        "issued",
        "valueQuantity",
        "id",
    ):
        bundle = copy.deepcopy(sound)
        for entry in bundle["entry"]:
            entry["resource"][name] = value
        assert all(isinstance(sentence, str) for sentence in faults(bundle))
    assert isinstance(faults({"resourceType": "Bundle", "entry": [value, {"resource": value}]}), list)


def test_units_in_other_words_and_servers_elsewhere_are_no_faults(sound: dict) -> None:
    bundle = copy.deepcopy(sound)
    nth(bundle, "Observation")["valueQuantity"]["unit"] = "per liter, as the laboratory prints it"
    nth(bundle, "Observation")["performer"] = [{"reference": "https://lab.example/Organization/1"}]
    assert faults(bundle) == []
