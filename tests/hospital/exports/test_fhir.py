"""FHIR R4: what the tables say comes through, what they do not know is not made up, and no hidden column leaves."""

import json
import sys
from datetime import UTC, timedelta, timezone

import pandas as pd
import pytest

from wardround.hospital import build
from wardround.hospital.exports import fhir, fhir_rules


@pytest.fixture(scope="module")
def hospital():
    return build(3, patients=5000)


@pytest.fixture(scope="module")
def patients(hospital) -> list[int]:
    """Fifty patients: the first forty with a stay, those with a transfer, and one without any encounter."""
    admissions = hospital.public("admissions")
    moved = admissions.loc[admissions["admit_source"] == "transfer", "patient_id"].head(9)
    never = set(hospital.public("patients")["patient_id"]) - set(admissions["patient_id"])
    stays = admissions.loc[admissions["class"] == "inpatient", "patient_id"].drop_duplicates().head(40)
    return [*dict.fromkeys([*stays, *moved]), min(never)]


@pytest.fixture(scope="module")
def bundle(hospital, patients) -> dict:
    return fhir.to_fhir(hospital, patients)


def resources(bundle: dict, kind: str) -> list[dict]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind]


def test_the_bundle_is_valid_r4_and_keeps_the_rules(bundle: dict) -> None:
    from fhir.resources.R4B.bundle import Bundle

    read = Bundle.model_validate_json(json.dumps(bundle))
    assert len(read.entry) == len(bundle["entry"]) > 500
    assert fhir_rules.faults(bundle) == []


def test_every_row_of_these_patients_is_there_once(hospital, patients, bundle: dict) -> None:
    tables = {"Patient": "patients", "Encounter": "admissions", "Condition": "conditions", "Observation": "labs"}
    for kind, table in tables.items():
        rows = hospital.public(table)
        assert len(resources(bundle, kind)) == rows["patient_id"].isin(patients).sum(), kind
    assert {r["identifier"][0]["value"] for r in resources(bundle, "Patient")} == {str(p) for p in patients}


def test_encounters_come_back_as_they_went_in(hospital, patients, bundle: dict) -> None:
    """A reader who keeps the offset gets the same minutes, words and places."""
    word = {code: name for name, code in fhir.CLASSES.items()}
    back = pd.DataFrame(
        {
            "encounter_id": int(e["id"].removeprefix("encounter-")),
            "patient_id": int(e["subject"]["reference"].removeprefix("Patient/patient-")),
            "class": word[e["class"]["code"]],
            "facility": e["serviceProvider"]["display"],
            "ward": e["location"][0]["location"]["display"],
            "admit_source": e["hospitalization"]["admitSource"]["text"],
            "planned": e["priority"]["coding"][0]["code"] == "EL",
            "admit_time": pd.Timestamp(e["period"]["start"]).tz_convert(fhir.CLOCK).tz_localize(None),
            "discharge_time": pd.Timestamp(e["period"]["end"]).tz_convert(fhir.CLOCK).tz_localize(None),
            "disposition": e["hospitalization"]["dischargeDisposition"]["text"],
        }
        for e in resources(bundle, "Encounter")
    ).sort_values("encounter_id", ignore_index=True)
    rows = hospital.public("admissions").drop(columns="prior_year_admissions")
    rows = rows[rows["patient_id"].isin(patients)].sort_values("encounter_id", ignore_index=True)
    pd.testing.assert_frame_equal(back, rows, check_dtype=False)


def test_results_keep_value_unit_and_the_code_of_that_unit(hospital, patients, bundle: dict) -> None:
    labs = hospital.public("labs")
    labs = labs[labs["patient_id"].isin(patients)]
    found = pd.DataFrame(
        (o["code"]["coding"][0]["code"], o["valueQuantity"]["code"], o["valueQuantity"]["value"])
        for o in resources(bundle, "Observation")
    )
    assert sorted(found[2]) == pytest.approx(sorted(labs["value"].astype(float)), rel=1e-6)
    assert found.groupby(1)[0].agg(set)["umol/L"] == {"14682-9"}, "creatinine in moles is another test than in mass"
    assert found.groupby(1)[0].agg(set)["mg/dL"] == {"2160-0"}


def test_a_value_has_the_decimals_that_the_laboratory_reports(bundle: dict) -> None:
    values = [o["valueQuantity"] for o in resources(bundle, "Observation")]
    assert max(len(str(v["value"]).partition(".")[2]) for v in values) <= 2, "no 1.2300000190734863"


def test_what_is_not_known_is_not_said(bundle: dict) -> None:
    assert all(len(p["birthDate"]) == 4 for p in resources(bundle, "Patient"))
    assert not [o for o in resources(bundle, "Observation") if "effectiveDateTime" in o]
    text = json.dumps(bundle)
    assert not [word for word in ("_severity", "_p_readmit", "_frailty", "readmitted", "true") if word in text]


def test_age_at_the_start_of_2023_follows_from_the_year_of_birth(hospital, bundle: dict) -> None:
    age = hospital.public("patients").set_index("patient_id")["age"]
    for patient in resources(bundle, "Patient"):
        last_birthday_before_2023 = 2022
        born = int(patient["birthDate"])
        assert last_birthday_before_2023 - born == age[int(patient["identifier"][0]["value"])]


def test_the_clock_can_be_chosen_and_is_always_stated(hospital, patients) -> None:
    east = fhir.to_fhir(hospital, patients[:3], clock=timezone(timedelta(hours=5, minutes=30)))
    utc = fhir.to_fhir(hospital, patients[:3], clock=UTC)
    starts = [[e["period"]["start"] for e in resources(b, "Encounter")] for b in (east, utc)]
    assert all(time.endswith("+05:30") for time in starts[0])
    assert [time[:19] for time in starts[0]] == [time[:19] for time in starts[1]]


def test_an_unknown_patient_is_named(hospital) -> None:
    with pytest.raises(KeyError, match="no patient 5001; its patients are 1 to 5000"):
        fhir.to_fhir(hospital, [1, 5001])


def test_without_the_extra_one_sentence_says_what_to_install(hospital, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(ImportError) as caught:
        fhir.to_fhir(hospital, [-1])
    assert str(caught.value) == "The FHIR export needs one more package: pip install 'wardround[fhir]'"
