"""Discharge notes: a stay in words, full of names and numbers that must not leave the hospital.

A note tells the stay it belongs to: its dates, the last laboratory results, the conditions. Names, numbers, diagnoses
and treatment are invented. Each note's identifiers and facts are known, so that a text made from it can be judged.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from wardround.hospital.labs import LABS
from wardround.hospital.note_facts import Identifier, Medication, NoteFacts
from wardround.hospital.patients import CONDITIONS, has
from wardround.hospital.people import EPONYMS, Person, make_people, make_surname
from wardround.hospital.period import END
from wardround.hospital.stream import Ints, Table, stream

_T = TypeVar("_T")
NOTES = 300
OLDEST_SHOWN = 89
"""Ages above it identify: at most this many people are that old."""
EPONYM_DISEASES = tuple(f"{name} {'lymphoma' if name == 'Hodgkin' else 'disease'}" for name in EPONYMS)


_TREATED: Mapping[str, tuple[tuple[str, str, tuple[int, ...], str, str], ...]] = {
    "MED": (
        ("community-acquired pneumonia", "amoxicillin", (500, 875, 1000), "mg", "three times daily"),
        ("COPD exacerbation", "prednisone", (20, 30, 40), "mg", "once daily"),
        ("pyelonephritis", "ciprofloxacin", (250, 500), "mg", "twice daily"),
        ("cellulitis of the left leg", "doxycycline", (100,), "mg", "twice daily"),
    ),
    "SURG": (
        ("acute appendicitis", "ibuprofen", (400, 600), "mg", "three times daily"),
        ("acute cholecystitis", "ciprofloxacin", (250, 500), "mg", "twice daily"),
    ),
    "CARD": (
        ("decompensated heart failure", "furosemide", (20, 40, 80), "mg", "once daily"),
        ("new atrial fibrillation", "metoprolol", (25, 50, 100), "mg", "twice daily"),
    ),
    "ORTHO": (
        ("fracture of the right hip", "enoxaparin", (40,), "mg", "once daily"),
        ("knee replacement", "naproxen", (250, 500), "mg", "twice daily"),
    ),
    "ONC": (
        ("fever after chemotherapy", "levofloxacin", (500, 750), "mg", "once daily"),
        ("nausea after chemotherapy", "ondansetron", (4, 8), "mg", "three times daily"),
    ),
}
"""Ward to (diagnosis, drug, doses, unit, frequency). Invented for practice; nobody may treat by it."""
_ALLERGIES = ("penicillin", "latex", "sulfa drugs", "iodine contrast", "none known")
_RULED_OUT = ("pulmonary embolism", "myocardial infarction", "deep vein thrombosis", "sepsis")
_FAMILY = ("stroke", "colon cancer", "glaucoma", "aortic aneurysm")
_RELATIVES = ("father", "mother", "brother", "sister")
_NEXT_OF_KIN = ("daughter", "son", "neighbor", "partner")
_SIGNS = ("fever", "breathlessness", "confusion", "chest pain", "bleeding", "fainting")
_STREETS = ("Street", "Lane", "Road", "Avenue")
Marked = tuple[str, str, tuple[str, ...]]
"""An identifier to be written: its kind, its text, its cores."""
_MONTHS = "January February March April May June July August September October November December"


def make_notes(
    seed: int, patients: Table, admissions: Table, labs: Table, n: int = NOTES
) -> tuple[Table, list[NoteFacts]]:
    """Write at most `n` notes, one for each of as many stays at our own hospitals, and tell what is true of them.

    Columns: note_id, encounter_id, patient_id, text. One note in ten is of somebody older than 89, if there are such.
    """
    r = stream(seed, "notes")
    stays = _chosen(r, patients, admissions, n)
    results = _last_results(admissions, labs, stays)
    people = make_people(seed, "notes", 4 * stays.size)
    known = [_know(r, patients, admissions, int(stay), found) for stay, found in zip(stays, results, strict=True)]
    written = [
        _tell(r, replace(facts, note_id=number + 1), people[4 * number : 4 * number + 4])
        for number, facts in enumerate(known)
    ]
    table: Table = {
        "note_id": np.arange(1, stays.size + 1),
        "encounter_id": admissions["encounter_id"][stays],
        "patient_id": admissions["patient_id"][stays],
        "text": np.array([text for text, _ in written], dtype=np.str_),
    }
    return table, [facts for _, facts in written]


def _chosen(r: np.random.Generator, patients: Table, admissions: Table, n: int) -> Ints:
    """Choose stays, one per patient, that ended within the record with the patient on the way home."""
    ours = (admissions["class"] == "inpatient") & (admissions["facility"] != "OTHER")
    went = np.isin(admissions["disposition"], ["home", "home_health", "snf"]) & (admissions["discharge_time"] < END)
    shuffled = r.permutation(np.flatnonzero(ours & went))
    _, first = np.unique(admissions["patient_id"][shuffled], return_index=True)
    stays = shuffled[np.sort(first)]
    old = patients["age"][admissions["_patient"][stays]] > OLDEST_SHOWN
    oldest = stays[old][: n // 10]
    others = stays[~np.isin(stays, oldest)][: n - oldest.size]
    return r.permutation(np.concatenate([oldest, others]))


def _last_results(admissions: Table, labs: Table, stays: Ints) -> list[dict[str, str]]:
    """Find the last result of each test that came back before the patient left, as the laboratory wrote it."""
    decimals = {lab.name: lab.decimals for lab in LABS}
    number = {int(admissions["encounter_id"][stay]): place for place, stay in enumerate(stays)}
    rows = np.flatnonzero(np.isin(labs["encounter_id"], list(number)))
    rows = rows[np.argsort(labs["time"][rows], kind="stable")]
    found: list[dict[str, str]] = [{} for _ in stays]
    for row in rows:
        place, name = number[int(labs["encounter_id"][row])], str(labs["lab"][row])
        if labs["time"][row] <= admissions["discharge_time"][stays[place]]:
            places = 0 if labs["unit"][row] == "umol/L" else decimals[name]
            found[place][name] = f"{labs['value'][row]:.{places}f} {labs['unit'][row]}"
    return found


class _Draft:
    """A note in the making: text, and where the identifiers stand in it."""

    def __init__(self) -> None:
        self.text = ""
        self.identifiers: list[Identifier] = []

    def say(self, *pieces: str | Marked) -> None:
        """Append plain text, or (kind, text, cores) of an identifier."""
        for piece in pieces:
            if isinstance(piece, str):
                self.text += piece
                continue
            kind, text, cores = piece
            start = len(self.text)
            self.text += text
            self.identifiers.append(Identifier(kind, text, start, len(self.text), cores))


def _pick(r: np.random.Generator, options: Sequence[_T]) -> _T:
    return options[int(r.integers(len(options)))]


def _know(
    r: np.random.Generator, patients: Table, admissions: Table, stay: int, results: Mapping[str, str]
) -> NoteFacts:
    """Decide what is true of a stay's patient; the note is not written yet."""
    who, ward = int(admissions["_patient"][stay]), str(admissions["ward"][stay])
    admitted, discharged = admissions["admit_time"][stay], admissions["discharge_time"][stay]
    diagnosis, drug, doses, unit, frequency = _pick(r, _TREATED[ward])
    return NoteFacts(
        note_id=0,
        identifiers=(),
        keep=(),
        age=int(patients["age"][who]),
        sex=str(patients["sex"][who]),
        admitted=admitted,
        discharged=discharged,
        diagnosis=diagnosis,
        days=max(1, int((discharged.astype("datetime64[D]") - admitted.astype("datetime64[D]")).astype(int))),
        medication=Medication(drug, _pick(r, doses), unit, frequency),
        results=results,
        conditions=tuple(c.name for c in CONDITIONS if patients[has(c.name)][who]),
        eponym=_pick(r, EPONYM_DISEASES) if r.random() < 0.3 else None,
        ruled_out=_pick(r, _RULED_OUT),
        family_history=_pick(r, _FAMILY),
        relative=_pick(r, _RELATIVES),
        allergy=_pick(r, [a for a in _ALLERGIES if (a, drug) != ("penicillin", "amoxicillin")]),
        follow_up_days=_pick(r, (7, 10, 14)),
        escalation=tuple(str(sign) for sign in r.permutation(_SIGNS)[:3]),
    )


def _tell(r: np.random.Generator, facts: NoteFacts, people: Sequence[Person]) -> tuple[str, NoteFacts]:
    """Write the note, and complete what is known of it."""
    patient, kin, doctor, next_doctor = people
    if facts.eponym and r.random() < 0.4:  # the hard one: the patient has the name of the disease
        patient = replace(patient, last=facts.eponym.split()[0])
    style = int(r.integers(3))  # how this author writes dates
    title, her, she = ("Ms.", "her", "She") if facts.sex == "F" else ("Mr.", "his", "He")
    old = facts.age > OLDEST_SHOWN
    last = _name(patient.last, patient, short=True)
    note = _Draft()

    _head(r, note, facts, patient, style)
    note.say("\nAttending: Dr. ", _name(doctor.last, doctor, short=True), "\nAddress: ", _address(r), "\n\nHistory: ")
    years = f"{facts.age}-year-old"
    note.say(("age over 89", years, (str(facts.age),)) if old else years)
    note.say(f" {'woman' if facts.sex == 'F' else 'man'} admitted with {facts.diagnosis}.")
    if facts.conditions:
        note.say(f" Known {', '.join(facts.conditions)}.")
    if facts.eponym:
        note.say(_pick(r, (f" Mild {facts.eponym}, stable.", f" {facts.eponym} for some years, under review.")))
    negation = _pick(r, (f"No evidence of {facts.ruled_out}", f"{facts.ruled_out.capitalize()} was ruled out"))
    family = f"{facts.family_history} in the {facts.relative}"
    note.say(f" {negation}. Family history: {family}. {she} ", _pick(r, ("denies palpitations.", "lives at home.")))

    note.say("\n\nCourse: ", title, " ", last, f" was treated for {facts.days} day{'s' * (facts.days > 1)}.")
    if r.random() < 0.5:
        midway = facts.admitted + (facts.discharged - facts.admitted) // 2
        note.say(" ", last, " walked with the physiotherapist on ", _when(midway, style), ".")
    note.say(
        f" The plan was discussed with {her} {_pick(r, _NEXT_OF_KIN)} ", _name(f"{kin.first} {kin.last}", kin), "."
    )
    results = [f"{name} {value}" for name, value in facts.results.items()]
    if results:
        note.say(f"\nLast results: {', '.join(results)}.")
    allergy, follow_up = f"Allergies: {facts.allergy}", f"Follow-up in {facts.follow_up_days} days"
    note.say(f"\n{allergy}.\nTake home: {facts.medication}.\n{follow_up} with Dr. ")
    phone = f"555-{r.integers(100, 200):04d}"
    note.say(_name(next_doctor.last, next_doctor, short=True), ". Call ", ("phone", f"(207) {phone}", (phone,)))
    escalation = f"Come back at once with {', '.join(facts.escalation[:-1])} or {facts.escalation[-1]}"
    note.say(f" with questions. {escalation}.")
    if r.random() < 0.4:
        local = f"{patient.first}.{patient.last}".lower().replace("'", "")
        note.say("\nE-mail: ", ("email", f"{local}@example.org", (local,)))

    keep = [facts.diagnosis, str(facts.medication), negation, family, allergy, follow_up, escalation]
    keep += [*results, *facts.conditions, *([facts.eponym] if facts.eponym else []), *([] if old else [years])]
    return note.text, replace(facts, identifiers=tuple(note.identifiers), keep=tuple(keep))


def _head(r: np.random.Generator, note: _Draft, facts: NoteFacts, patient: Person, style: int) -> None:
    """Write the lines that name the patient and the stay, in one of two layouts."""
    record = f"{r.integers(10**7, 10**8)}"
    number = ("record number", record, (record,))
    if r.random() < 0.5:
        full = _name(f"{patient.first} {patient.last}", patient)
        note.say("DISCHARGE SUMMARY\nPatient: ", full, "   MRN: ", number)
    else:
        shouted = tuple(part.upper() for part in patient.parts)
        note.say(
            "Discharge summary\n", ("name", f"{patient.last}, {patient.first}".upper(), shouted), "   Record ", number
        )
    year, month, day = _parts(facts.admitted)
    birthday = int(r.integers(1, 13)), int(r.integers(1, 29))
    kind, text, cores = _date(year - facts.age - (birthday > (month, day)), *birthday, style)
    if facts.age > OLDEST_SHOWN:
        cores += (str(year - facts.age - (birthday > (month, day))),)
    note.say("   Born: ", (kind, text, cores), "\nAdmitted: ", _when(facts.admitted, style))
    note.say("   Discharged: ", _when(facts.discharged, style))


def _address(r: np.random.Generator) -> Marked:
    door, code = f"{r.integers(1, 200)} {make_surname(r)}", f"{r.integers(10**4, 10**5)}"
    return ("address", f"{door} {_pick(r, _STREETS)}, {code}", (door, code))


def _name(text: str, person: Person, short: bool = False) -> Marked:
    """Mark a name; `short` if only the surname is written."""
    return ("name", text, person.parts[1:] if short else person.parts)


def _when(time: np.datetime64, style: int) -> Marked:
    return _date(*_parts(time), style)


def _parts(time: np.datetime64) -> tuple[int, int, int]:
    year, month, day = str(time)[:10].split("-")
    return int(year), int(month), int(day)


def _date(year: int, month: int, day: int, style: int) -> Marked:
    """Write a date in one of three ways; the day and month identify, the year does not."""
    match style:
        case 0:
            core = f"{month:02d}/{day:02d}"
            return ("date", f"{core}/{year}", (core,))
        case 1:
            core = f"{_MONTHS.split()[month - 1]} {day}"
            return ("date", f"{core}, {year}", (core,))
        case _:
            core = f"{month:02d}-{day:02d}"
            return ("date", f"{year}-{core}", (core,))
