"""Notes: what identifies is known and can be taken out by rules; lists of names, capitals and digits cannot do it."""

import re

import numpy as np
import pytest

from wardround.hospital import build
from wardround.hospital.note_facts import NoteFacts, leaked, lost
from wardround.hospital.notes import NOTES, make_notes
from wardround.hospital.people import EPONYMS, make_people

SEEDS = [1, 2, 3]
SURNAME = r"(?:O')?[A-Z][a-z]+(?:-[A-Z][a-z]+)?"
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest) -> list[tuple[str, NoteFacts]]:
    hospital = build(request.param, patients=12_000)
    texts = hospital.public("notes").set_index("note_id")["text"]
    return [(texts[number], facts) for number, facts in hospital.truth("note_facts").items()]


def sound(text: str) -> str:
    """Take out identifiers by where they stand, and names that were learned in the head also elsewhere."""
    head = re.search(rf"Patient: ([A-Z][a-z]+) ({SURNAME})", text)
    shouted = re.search(r"summary\n([A-Z'-]+), ([A-Z]+)", text)
    surname = head.group(2) if head else ""
    if shouted:
        surname = next(n for n in re.findall(SURNAME, text) if n.upper() == shouted.group(1))
        text = text.replace(shouted.group(0), "summary\n[name]")
    text = re.sub(rf"(daughter|son|neighbor|partner) [A-Z][a-z]+ {SURNAME}", r"\1 [name]", text)
    text = re.sub(rf"Patient: [A-Z][a-z]+ {SURNAME}", "Patient: [name]", text)
    text = re.sub(rf"(?<!\w){re.escape(surname)}(?!\w)(?! (?:disease|lymphoma))", "[name]", text)
    text = re.sub(rf"Dr\. {SURNAME}", "Dr. [name]", text)
    text = re.sub(r"(MRN:|Record) \d+", r"\1 [number]", text)
    text = re.sub(rf"\d\d/\d\d/\d{{4}}|\d{{4}}-\d\d-\d\d|(?:{MONTHS}) \d+, \d{{4}}", "[date]", text)
    text = re.sub(r"Address: .*", "Address: [address]", text)
    text = re.sub(r"\(\d{3}\) \d{3}-\d{4}", "[phone]", text)
    text = re.sub(r"E-mail: .*", "E-mail: [email]", text)
    return re.sub(r"(?:9\d|1\d\d)-year-old", "90+-year-old", text)


def shares(made, redact) -> tuple[float, float]:
    """Share of identifiers that can still be read, and of facts that are gone."""
    out = [(len(leaked(facts, redact(text))), len(lost(facts, redact(text))), facts) for text, facts in made]
    all_identifiers, all_facts = (
        sum(len(part) for part in parts) for parts in zip(*((f.identifiers, f.keep) for *_, f in out), strict=True)
    )
    return sum(a for a, *_ in out) / all_identifiers, sum(b for _, b, _ in out) / all_facts


def test_rules_take_out_all_and_keep_all(made) -> None:
    left = [(leaked(facts, sound(text)), lost(facts, sound(text))) for text, facts in made]
    assert [pair for pair in left if pair != ([], [])] == []


def test_the_note_itself_leaks_everything_and_loses_nothing(made) -> None:
    assert shares(made, lambda text: text) == (1.0, 0.0)


def test_the_head_alone_is_not_enough(made) -> None:
    def redact(text: str) -> str:
        text = re.sub(rf"Patient: [A-Z][a-z]+ {SURNAME}|summary\n[A-Z'-]+, [A-Z]+", "[name]", text)
        return re.sub(r"(MRN:|Record) \d+", r"\1 [number]", text)

    assert shares(made, redact)[0] > 0.5


def test_a_list_of_the_practice_names_leaks_on_other_seeds() -> None:
    practice = {part for person in make_people(1, "notes", 4 * NOTES) for part in (person.first, person.last)}
    hidden = [person.last for person in make_people(8, "notes", 4 * NOTES)]
    assert np.mean([last not in practice for last in hidden]) > 0.15
    assert {person.last for person in make_people(1, "notes", 4 * NOTES)} != set(hidden)


def test_the_very_old_can_be_known_by_age_and_birth_year(made) -> None:
    old = [(text, facts) for text, facts in made if facts.age > 89]
    assert 20 <= len(old) <= 40
    for text, facts in old:
        kinds = {found.kind for found in leaked(facts, re.sub(r"\d\d/\d\d/|-\d\d-\d\d|[A-Z][a-z]+ \d+, ", "", text))}
        assert {"age over 89", "date"} <= kinds
    assert {
        found.kind for text, facts in old for found in leaked(facts, sound(text).replace("90+", str(facts.age)))
    } == {"age over 89"}


def test_masking_a_surname_everywhere_destroys_a_disease(made) -> None:
    namesakes = [(t, f) for t, f in made if f.eponym and any(f.eponym.split()[0] in i.text for i in f.identifiers)]
    assert len(namesakes) >= 10
    for text, facts in namesakes:
        assert lost(facts, re.sub("|".join(EPONYMS), "[name]", text)) == [facts.eponym]
        assert facts.eponym not in {found.text for found in leaked(facts, text)}


def test_masking_capitals_or_digits_destroys_facts(made) -> None:
    assert shares(made, lambda text: re.sub(r"\b[A-Z][a-z]+\b", "[x]", sound(text)))[1] > 0.03
    assert shares(made, lambda text: re.sub(r"\d", "#", sound(text)))[1] > 0.3


def test_identifiers_stand_where_they_are_said_to(made) -> None:
    for text, facts in made:
        assert all(text[i.start : i.end] == i.text for i in facts.identifiers)
        assert all(piece in text for piece in facts.keep)
        assert len(facts.identifiers) >= 9


def test_facts_are_those_of_the_stay() -> None:
    hospital = build(5, patients=12_000)
    notes = hospital.public("notes").merge(hospital.public("admissions"), on=["encounter_id", "patient_id"])
    assert len(notes) == NOTES
    assert notes["patient_id"].is_unique
    labs, patients = hospital.public("labs"), hospital.public("patients").set_index("patient_id")
    facts = hospital.truth("note_facts")
    for row in notes.itertuples():
        known = facts[row.note_id]
        assert known.age == patients.loc[row.patient_id, "age"]
        mine = labs[(labs["encounter_id"] == row.encounter_id) & (labs["time"] <= row.discharge_time)]
        assert set(known.results) == set(mine["lab"])
        for test, group in mine.groupby("lab"):
            last = group.loc[group["time"].idxmax()]
            value, unit = known.results[test].split(" ")
            assert (float(value), unit) == (pytest.approx(float(last["value"]), abs=0.006), last["unit"])
    assert not (notes["disposition"] == "expired").any()
    assert "amoxicillin" not in {f.medication.name for f in facts.values() if f.allergy == "penicillin"}


def test_a_small_hospital_has_fewer_notes() -> None:
    hospital = build(1, patients=40)
    parts = (hospital.table(name) for name in ("patients", "admissions", "labs"))
    table, facts = make_notes(1, *parts)
    assert len(table["text"]) == len(facts) < 40


def test_a_name_in_small_letters_is_found_where_a_line_has_no_capitals(made):
    for text, facts in made[:40]:
        name = next(found for found in facts.identifiers if found.kind == "name")
        assert name in leaked(facts, f"dear {name.cores[-1].lower()},\nYou were here with a cold.")
        assert leaked(facts, f"{facts.diagnosis}\ntake one tablet a day\n{(facts.eponym or '').lower()}") == []
        assert leaked(facts, text.lower())
