"""What no single item can know: ids that exist, ids and aliases that are unique."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from wardround.careers.career_map import folded
from wardround.careers.faults import Fault, did_you_mean
from wardround.careers.models import Refers, Role, Workflow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from wardround.careers.reading import Document, Where

# Collections whose pages, cards or look-ups need unique ids across all their files.
SINGULAR = {
    "domains": "domain", "categories": "category", "roles": "role", "pathways": "pathway", "skills": "skill",
    "employers": "employer", "regions": "region", "bands": "salary band", "official_pay": "official pay figure",
    "trends": "trend", "claims": "claim",
}  # fmt: skip


@dataclass
class Entry:
    """One item of one file: where it stands, what was written, and the model when it is valid."""

    collection: str
    document: Document
    where: Where
    raw: Any
    item: BaseModel | None = None

    @property
    def label(self) -> str:
        """How messages call the item: its id, else its number in the file."""
        if isinstance(self.raw, dict) and isinstance(self.raw.get("id"), str):
            return str(self.raw["id"])
        return f"item {int(self.where[0]) + 1}" if self.where else ""

    def fault(self, message: str, where: Where = ()) -> Fault:
        """A fault of this item, at ``where`` inside it."""
        return Fault(self.document.name, self.label, message, self.document.line((*self.where, *where)))


def cross_faults(entries: list[Entry], unread: Set[str] = frozenset()) -> list[Fault]:
    """Faults that show only when all files are looked at together.

    Ids of the collections in ``unread`` are not known, because a file could not be read: nothing is said about them.
    """
    return [*_duplicate_ids(entries), *_dangling(entries, unread), *_shared_names(entries), *_loose_arrows(entries)]


def _duplicate_ids(entries: list[Entry]) -> Iterator[Fault]:
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.collection not in SINGULAR or not isinstance(entry.raw, dict) or "id" not in entry.raw:
            continue
        before = first.setdefault((entry.collection, str(entry.raw["id"])), entry)
        if before is not entry:
            place = f"{before.document.name}:{before.document.line(before.where)}"
            yield entry.fault(f"the id is already taken at {place}; choose another id or delete one item.", ("id",))


def _dangling(entries: list[Entry], unread: Set[str]) -> Iterator[Fault]:
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in entries:  # ids of faulty items count too: one fault must not cause ten others
        if isinstance(entry.raw, dict) and isinstance(entry.raw.get("id"), str):
            ids[entry.collection].append(entry.raw["id"])
    known = {collection: set(names) for collection, names in ids.items()}
    for entry in entries:
        if entry.item is None:
            continue
        for to, where, value in references(entry.item):
            if to not in unread and value not in known.get(to, set()):
                message = f'{where[0]}: no {SINGULAR[to]} has the id "{value}"; {did_you_mean(value, ids[to])}'
                yield entry.fault(message, where)


def references(item: BaseModel, where: Where = ()) -> Iterator[tuple[str, Where, str]]:
    """Every id that ``item`` holds of another item: (collection, where it stands, id)."""
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        mark = next((mark for mark in info.metadata if isinstance(mark, Refers)), None)
        if mark is not None and isinstance(value, tuple):
            yield from ((mark.collection, (*where, name, i), one) for i, one in enumerate(value))
        elif mark is not None:
            if value is not None:
                yield mark.collection, (*where, name), value
        elif isinstance(value, BaseModel):
            yield from references(value, (*where, name))
        elif isinstance(value, tuple):
            for i, one in enumerate(value):
                if isinstance(one, BaseModel):
                    yield from references(one, (*where, name, i))


def _shared_names(entries: list[Entry]) -> Iterator[Fault]:
    """A title must lead to one role: no alias of a role is the name or alias of another."""
    owner: dict[str, Role] = {}
    roles = [(entry, entry.item) for entry in entries if isinstance(entry.item, Role)]
    for _, role in roles:
        owner.setdefault(folded(role.name), role)
    for entry, role in roles:
        for where, name in _names(role):
            before = owner.setdefault(folded(name), role)
            if before is not role and before.id != role.id:
                yield entry.fault(f'"{name}" already leads to the role "{before.id}"; keep it in one of them.', where)


def _names(role: Role) -> Iterable[tuple[Where, str]]:
    yield ("name",), role.name
    for i, alias in enumerate(role.aliases):
        yield ("aliases", i), alias


def _loose_arrows(entries: list[Entry]) -> Iterator[Fault]:
    for entry in entries:
        workflow = getattr(entry.item, "workflow", None)
        if not isinstance(workflow, Workflow):
            continue
        steps = [node.id for node in workflow.nodes]
        for i, step in enumerate(steps):
            if step in steps[:i]:
                message = f'workflow: two steps have the id "{step}"; rename one.'
                yield entry.fault(message, ("workflow", "nodes", i))
        for i, edge in enumerate(workflow.edges):
            for key, end in (("from", edge.source), ("to", edge.target)):
                if end not in steps:
                    message = f'workflow: no step has the id "{end}"; {did_you_mean(end, steps)}'
                    yield entry.fault(message, ("workflow", "edges", i, key))
        touched = {end for edge in workflow.edges for end in (edge.source, edge.target)}
        for i, step in enumerate(steps):
            if step not in touched:
                message = f'workflow: no arrow leads to or from the step "{step}"; add an edge or delete the step.'
                yield entry.fault(message, ("workflow", "nodes", i))
