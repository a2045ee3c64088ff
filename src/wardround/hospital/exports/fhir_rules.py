"""What a FHIR library lets pass and a hospital must not: rules over a whole Bundle, each fault a sentence.

`fhir.resources` knows the shape of each resource by itself. It does not know the code systems, nor what another entry
says. A rule gets a Bundle as JSON-like values and yields its faults; its docstring is the rule in a sentence. The rules
need no FHIR package and read any input: what is not there or of another kind is the library's to report.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from wardround.hospital.exports.codes import UNITS

VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    ("Patient", "gender"): ("female", "male", "other", "unknown"),
    ("Encounter", "status"): (
        "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error",
        "unknown",
    ),
    ("Encounter", "class.code"): (
        "ACUTE", "AMB", "EMER", "FLD", "HH", "IMP", "NONAC", "OBSENC", "PRENC", "SS", "VR",
    ),
    ("Condition", "clinicalStatus.coding.0.code"): (
        "active", "recurrence", "relapse", "inactive", "remission", "resolved",
    ),
    ("Observation", "status"): (
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    ),
}  # fmt: skip
"""(resource, element) to the codes of its value set in R4 (for a class, those of ActEncounterCode)."""

TARGETS = {
    ("Encounter", "subject"): "Patient",
    ("Condition", "subject"): "Patient",
    ("Condition", "encounter"): "Encounter",
    ("Observation", "subject"): "Patient",
    ("Observation", "encounter"): "Encounter",
}
"""(resource, element) to the kind of resource that it must lead to in the hospital's own export."""

TIMES = {
    "Encounter": ("period.start", "period.end"),
    "Condition": ("recordedDate", "onsetDateTime"),
    "Observation": ("issued", "effectiveDateTime"),
}
LOINC_SYSTEM, UCUM_SYSTEM, ICD_SYSTEM = (
    "http://loinc.org", "http://unitsofmeasure.org", "http://hl7.org/fhir/sid/icd-10-cm",
)  # fmt: skip
_ELSEWHERE = re.compile(r"https?://|urn:|#")  # another server's, or a part of the resource itself
_ICD_10_CM = re.compile(r"[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?")


class Entry(NamedTuple):
    """A resource, what it is, and how a sentence names it."""

    resource: Any
    kind: str
    name: str
    full_url: Any


Rule = Callable[[list[Entry]], Iterator[str]]


def unique_ids(entries: list[Entry]) -> Iterator[str]:
    """Every resource has an id of its own, and no two entries share a fullUrl."""
    ids: dict[tuple[str, str], int] = {}
    urls: dict[str, str] = {}
    for number, entry in enumerate(entries):
        given = _at(entry.resource, "id")
        if not isinstance(given, str):
            yield f"{entry.name} has no id; give it one, so that others can refer to it."
        elif (entry.kind, given) in ids:
            yield f"{entry.name} has the id of entry[{ids[entry.kind, given]}]; an id belongs to one {entry.kind}."
        else:
            ids[entry.kind, given] = number
        if isinstance(entry.full_url, str) and urls.setdefault(entry.full_url, entry.name) != entry.name:
            yield f"{entry.name} has the fullUrl of {urls[entry.full_url]}: {entry.full_url}."


def known_values(entries: list[Entry]) -> Iterator[str]:
    """Gender, status and class are codes of their value sets."""
    for entry in entries:
        for (kind, path), allowed in VALUES.items():
            value = _at(entry.resource, path)
            if entry.kind == kind and value is not None and value not in allowed:
                yield f"{entry.name}: {path.replace('.0', '')} is {value!r}; FHIR R4 expects {', '.join(allowed)}."


def references_resolve(entries: list[Entry]) -> Iterator[str]:
    """Every record names its patient; relative references lead to entries of this Bundle, of the right kind."""
    known = _by_reference(entries)
    for entry in entries:
        for (kind, element), target in TARGETS.items():
            reference = _at(entry.resource, f"{element}.reference")
            if entry.kind != kind or (reference is None and element != "subject"):
                continue
            found = known.get(reference) if isinstance(reference, str) else None
            if reference is None:
                yield f"{entry.name} has no subject; say whose it is."
            elif found is None:
                yield f"{entry.name}: {element} leads to {reference!r}, which is not in this Bundle."
            elif found.kind != target:
                yield f"{entry.name}: {element} leads to {found.name}, but it must be a {target}."
        for path, reference in _references(entry.resource):
            if (entry.kind, path) not in TARGETS and reference not in known and not _ELSEWHERE.match(reference):
                yield f"{entry.name}: {path} leads to {reference!r}, which is not in this Bundle."


def one_patient(entries: list[Entry]) -> Iterator[str]:
    """What belongs to an encounter belongs to the patient of that encounter."""
    known = _by_reference(entries)
    for entry in entries:
        stay = known.get(_text(entry.resource, "encounter.reference"))
        if stay is None:
            continue
        mine, theirs = (known.get(_text(of, "subject.reference")) for of in (entry.resource, stay.resource))
        if mine and theirs and mine.kind == theirs.kind == "Patient" and mine.name != theirs.name:
            yield f"{entry.name} is about {mine.name}, but its {stay.name} is about {theirs.name}."


def times_in_order(entries: list[Entry]) -> Iterator[str]:
    """A period ends after it begins."""
    for entry in entries:
        start, end = (_moment(_at(entry.resource, f"period.{edge}")) for edge in ("start", "end"))
        if start is not None and end is not None and end < start:
            period = entry.resource["period"]
            yield f"{entry.name}: period ends at {period['end']}, before it begins at {period['start']}."


def times_with_a_zone(entries: list[Entry]) -> Iterator[str]:
    """A time of day says its offset from UTC."""
    for entry in entries:
        for path in TIMES.get(entry.kind, ()):
            value = _at(entry.resource, path)
            if isinstance(value, str) and "T" in value and not re.search(r"(Z|[+-]\d\d:\d\d)$", value):
                yield f"{entry.name}: {path} is {value}, without an offset from UTC such as -06:00."


def known_codes(entries: list[Entry]) -> Iterator[str]:
    """Results carry a LOINC of the hospital's laboratory; conditions look like ICD-10-CM."""
    for entry in entries:
        system, code = _at(entry.resource, "code.coding.0.system"), _at(entry.resource, "code.coding.0.code")
        if entry.kind == "Condition":
            if system != ICD_SYSTEM or not isinstance(code, str) or not _ICD_10_CM.fullmatch(code):
                yield f"{entry.name}: the code is {code!r} of {system!r}; write an ICD-10-CM code of {ICD_SYSTEM}."
        elif entry.kind == "Observation" and (system != LOINC_SYSTEM or not isinstance(code, str) or code not in UNITS):
            yield (
                f"{entry.name}: the code is {code!r} of {system!r}; the laboratory's LOINC codes "
                f"({LOINC_SYSTEM}) are {', '.join(sorted(UNITS))}."
            )


def values_in_their_unit(entries: list[Entry]) -> Iterator[str]:
    """A result is a number in its test's UCUM unit, and what a person reads beside it is no other unit."""
    for entry in entries:
        right = UNITS.get(_text(entry.resource, "code.coding.0.code"))
        if entry.kind != "Observation" or right is None:
            continue
        value, shown, unit, system = (
            _at(entry.resource, f"valueQuantity.{element}") for element in ("value", "unit", "code", "system")
        )
        if isinstance(value, str):
            yield f"{entry.name}: valueQuantity.value is the text {value!r}; JSON has numbers for it."
        if unit != right or system != UCUM_SYSTEM:
            yield (
                f"{entry.name}: LOINC {entry.resource['code']['coding'][0]['code']} comes in {right} ({UCUM_SYSTEM}), "
                f"not in {unit!r} of {system!r}."
            )
        elif shown != right and shown in UNITS.values():
            yield (
                f"{entry.name}: valueQuantity.unit is {shown!r} and its code {unit!r}; a person reads the first, a "
                "program the second."
            )


RULES: tuple[Rule, ...] = (
    unique_ids, known_values, references_resolve, one_patient, times_in_order, times_with_a_zone, known_codes,
    values_in_their_unit,
)  # fmt: skip


def faults(bundle: Any) -> list[str]:
    """Return the faults of a Bundle (JSON-like values), a sentence each that names the entry; empty if there are none.

    Raises:
        TypeError: it is not a Bundle with a list of entries.
    """
    listed = _at(bundle, "entry")
    if _at(bundle, "resourceType") != "Bundle" or not isinstance(listed, list):
        raise TypeError("That is not a FHIR Bundle: a dict with resourceType 'Bundle' and a list `entry` is expected.")
    entries = [_entry(number, entry) for number, entry in enumerate(listed)]
    return [sentence for rule in RULES for sentence in rule(entries)]


def _entry(number: int, entry: Any) -> Entry:
    resource = _at(entry, "resource")
    kind = _text(resource, "resourceType") or "resource without a type"
    name = f"entry[{number}] ({kind}/{_at(resource, 'id')})"
    return Entry(resource, kind, name, _at(entry, "fullUrl"))


def _references(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every reference inside a resource, with the path of the element that holds it."""
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield path, value["reference"]
        for name, part in value.items():
            yield from _references(part, f"{path}.{name}".lstrip("."))
    elif isinstance(value, list):
        for part in value:
            yield from _references(part, path)


def _by_reference(entries: list[Entry]) -> dict[str, Entry]:
    """Every way in which a Bundle's entries may be referred to: relative, and by fullUrl."""
    known: dict[str, Entry] = {}
    for entry in entries:
        for reference in (f"{entry.kind}/{_at(entry.resource, 'id')}", entry.full_url):
            if isinstance(reference, str):
                known.setdefault(reference, entry)
    return known


def _at(value: Any, path: str) -> Any:
    """Follow names and positions into JSON-like values; None where there is nothing."""
    for step in path.split("."):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdigit() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _text(value: Any, path: str) -> str:
    found = _at(value, path)
    return found if isinstance(found, str) else ""


def _moment(value: Any) -> datetime | None:
    """Read a FHIR dateTime; None for what it is not, a lone year or month among it."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
