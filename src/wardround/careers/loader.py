"""Reads the YAML files of the career map, checks them together, and returns one frozen map.

A folder holds one file per collection (``LISTS`` and ``SINGLES``), a file per pathway in ``pathways/``, and any number
of files of claims in ``claims/``. Every fault of every file is reported at once.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wardround.careers import models
from wardround.careers.advice import Credentials, Frame, Portfolio, ResponsibleAI
from wardround.careers.career_map import CareerMap
from wardround.careers.checks import Entry, cross_faults
from wardround.careers.faults import CareerMapError, Fault
from wardround.careers.reading import Document, Where, read_document
from wardround.careers.roadmaps import Pathway
from wardround.careers.validating import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

PACKAGED = Path(__file__).with_name("data")

# Collection of the map → file or folder (a folder ends with "/"), and the model of one item.
LISTS: dict[str, tuple[str, type[BaseModel]]] = {
    "domains": ("domains.yaml", models.Domain),
    "categories": ("categories.yaml", models.Category),
    "roles": ("roles.yaml", models.Role),
    "skills": ("skills.yaml", models.Skill),
    "employers": ("employers.yaml", models.Employer),
    "regions": ("regions.yaml", models.Region),
    "bands": ("bands.yaml", models.SalaryBand),
    "official_pay": ("official-pay.yaml", models.OfficialPay),
    "trends": ("trends.yaml", models.Trend),
    "claims": ("claims/", models.Claim),
}
SINGLES: dict[str, tuple[str, type[BaseModel]]] = {
    "pathways": ("pathways/", Pathway),  # one file a pathway
    "credentials": ("credentials.yaml", Credentials),
    "portfolio": ("portfolio.yaml", Portfolio),
    "responsible_ai": ("responsible-ai.yaml", ResponsibleAI),
    "frame": ("frame.yaml", Frame),
}
PATHWAY_ORDER = ("software-engineer", "data-scientist", "clinician", "life-sciences", "operations-business")


def load(folder: Path | None = None) -> CareerMap:
    """Read the career map in ``folder``, by default the one that comes with the package (read once).

    Raises CareerMapError with every fault found: file, line, item, what was expected, what to do.
    """
    return _packaged() if folder is None else _load(Path(folder))


@cache
def _packaged() -> CareerMap:
    return _load(PACKAGED)


def source_files(folder: Path | None = None) -> tuple[Path, ...]:
    """The YAML files that the map is read from, sorted; for tools that rebuild when one of them changes."""
    return _packaged_files() if folder is None else _files_in(Path(folder))


def claim_file(claim: models.Claim) -> Path:
    """The YAML file in which a claim of the packaged map stands."""
    return PACKAGED / "claims" / f"{claim.topic}.yaml"


@cache
def _packaged_files() -> tuple[Path, ...]:
    return _files_in(PACKAGED)


def _files_in(root: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for _, _, paths in _files(root) for path in paths))


def _files(root: Path) -> Iterator[tuple[str, str, list[Path]]]:
    """Each collection with the name it is looked for under and the paths found."""
    for collection, (name, _) in (LISTS | SINGLES).items():
        if name.endswith("/"):
            yield collection, name, sorted((root / name).glob("*.yaml"))
        else:
            yield collection, name, [path for path in [root / name] if path.is_file()]


def _load(root: Path) -> CareerMap:
    if not root.is_dir():
        raise CareerMapError.of([Fault(str(root), "", "is not a folder; name the folder that holds domains.yaml.")])
    faults: list[Fault] = []
    entries: list[Entry] = []
    unread: set[str] = set()
    for collection, name, paths in _files(root):
        if not paths:
            kind = "holds no .yaml file" if name.endswith("/") else "is missing"
            unread.add(collection)
            faults.append(Fault(name, "", f"{kind}; the map needs it for its {_words(collection)}. Restore it."))
        for path in paths:
            document, found = read_document(path, path.relative_to(root).as_posix())
            faults += found
            if document is None or (collection in LISTS and not isinstance(document.data, list)):
                unread.add(collection)
            if document is not None:
                entries += _entries(collection, document, faults)
    faults += cross_faults(entries, unread)
    if faults:
        raise CareerMapError.of(faults)
    return _assemble(entries)


def _entries(collection: str, document: Document, faults: list[Fault]) -> Iterator[Entry]:
    """Validate the items of one file; faults go to ``faults``, every item is yielded, valid or not."""
    model = (LISTS | SINGLES)[collection][1]
    items: list[tuple[Where, Any]]
    if collection in LISTS:
        if not isinstance(document.data, list):
            faults.append(Fault(document.name, "", "must be a list: begin each item with a dash.", 1))
            return
        items = [((i,), item) for i, item in enumerate(document.data)]
        if not items:
            faults.append(Fault(document.name, "", "holds no item; restore its items.", 1))
    else:
        items = [((), document.data)]
    for where, raw in items:
        entry = Entry(collection, document, where, raw)
        faults += validate(entry, model)
        yield entry


def _words(collection: str) -> str:
    return collection.replace("_", " ").replace("responsible ai", "responsible AI")


def _assemble(entries: list[Entry]) -> CareerMap:
    parts: dict[str, Any] = {name: tuple(e.item for e in entries if e.collection == name) for name in LISTS}
    topics = [Path(e.document.name).stem for e in entries if e.collection == "claims"]
    claims = zip(parts["claims"], topics, strict=True)
    parts["claims"] = tuple(claim.model_copy(update={"topic": topic}) for claim, topic in claims)
    for name in SINGLES:
        found = [e.item for e in entries if e.collection == name]
        parts[name] = found[0]
    pathways = [e.item for e in entries if e.collection == "pathways" and isinstance(e.item, Pathway)]
    order = {name: i for i, name in enumerate(PATHWAY_ORDER)}
    parts["pathways"] = tuple(sorted(pathways, key=lambda p: (order.get(p.id, len(order)), p.id)))
    return CareerMap.model_validate(parts)
