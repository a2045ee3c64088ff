"""What is known of a discharge note: the identifiers that must go, the facts that must stay, and how to tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Identifier:
    """A piece of a note that says who the patient is, and where it stands: `text == note[start:end]`."""

    kind: str
    """One of: name, record number, date, age over 89, phone, email, address."""
    text: str
    start: int
    end: int
    cores: tuple[str, ...]
    """The parts of it none of which may remain. The year of a date may, but not the birth year of the very old."""


@dataclass(frozen=True)
class Medication:
    """What a patient takes home."""

    name: str
    dose: int
    unit: str
    frequency: str

    def __str__(self) -> str:
        """Give it as the note does: furosemide 40 mg once daily."""
        return f"{self.name} {self.dose} {self.unit} {self.frequency}"


@dataclass(frozen=True)
class NoteFacts:
    """What is true of the patient of one note, and what identifies them."""

    note_id: int
    identifiers: tuple[Identifier, ...]
    keep: tuple[str, ...]
    """Pieces of the note that must survive the removal of identifiers, word for word."""
    age: int
    sex: str
    admitted: np.datetime64
    discharged: np.datetime64
    diagnosis: str
    days: int
    medication: Medication
    results: Mapping[str, str]
    """Test to value with unit, as the note gives them."""
    conditions: tuple[str, ...]
    eponym: str | None
    """A disease with a surname in it that the patient has."""
    ruled_out: str
    """A disease that the note says the patient does not have."""
    family_history: str
    """A disease of a relative, which is not the patient's."""
    relative: str
    allergy: str
    follow_up_days: int
    escalation: tuple[str, ...]
    """Signs with which the patient shall come back at once."""


def leaked(facts: NoteFacts, text: str) -> list[Identifier]:
    """List the identifiers of a note that can still be read in a text made from it.

    The name in the name of the patient's own disease (Parkinson disease) is no leak. In a line without capital letters
    a name is found in small letters as well.
    """
    rest = text.replace(facts.eponym, " ") if facts.eponym else text
    lines = [line for line in rest.splitlines() if line == line.lower()]  # a name stays a name in small letters
    small = "\n".join(lines).replace(facts.eponym.lower(), " ") if facts.eponym else "\n".join(lines)
    return [
        found
        for found in facts.identifiers
        if any(_stands(found.kind, core, rest) or _stands(found.kind, core.lower(), small) for core in found.cores)
    ]


def lost(facts: NoteFacts, text: str) -> list[str]:
    """List the pieces that must survive and do not stand in a text made from the note."""
    return [piece for piece in facts.keep if piece not in text]


def _stands(kind: str, core: str, text: str) -> bool:
    if kind == "age over 89":
        return bool(re.search(rf"(?<![\d.]){core}(?=[\s-]*y)", text))
    return bool(re.search(rf"(?<!\w){re.escape(core)}(?!\w)", text))
