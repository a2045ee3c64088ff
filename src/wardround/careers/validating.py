"""Checks one item against its model, and says what is wrong in words of people who write YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ValidationError

from wardround.careers.faults import Fault, did_you_mean
from wardround.careers.models import ID_PATTERN

if TYPE_CHECKING:
    from wardround.careers.checks import Entry
    from wardround.careers.reading import Where


def validate(entry: Entry, model: type[BaseModel]) -> list[Fault]:
    """Set ``entry.item`` when what was written fits ``model``; otherwise return one fault a finding."""
    try:
        entry.item = model.model_validate(entry.raw)
    except ValidationError as error:
        return [_fault(entry, model, detail) for detail in _findings(error)]
    return []


def _findings(error: ValidationError) -> list[dict[str, Any]]:
    """Pydantic's findings, without "too few items" where the missing ones are reported as faulty themselves."""
    found: list[dict[str, Any]] = [dict(detail) for detail in error.errors(include_url=False)]
    places: list[Where] = [detail["loc"] for detail in found]

    def echo(detail: dict[str, Any]) -> bool:
        here = detail["loc"]
        return detail["type"] == "too_short" and any(p != here and p[: len(here)] == here for p in places)

    return [detail for detail in found if not echo(detail)]


def _fault(entry: Entry, model: type[BaseModel], detail: dict[str, Any]) -> Fault:
    """Pydantic's finding as one sentence of ours."""
    where: Where = tuple(part for part in detail["loc"])
    owner, field = _owner(model, where)
    key = str(where[-1]) if where else ""
    spot = _spot(where)
    if detail["type"] == "extra_forbidden":
        keys = [info.alias or name for name, info in owner.model_fields.items()]
        message = f'unknown key "{key}"{spot}; {did_you_mean(key, keys, "Keys here")}'
    elif detail["type"] == "missing" and isinstance(where[-1], int):
        message = f"{_dotted(where[:-1])}: has too few values. Expected: {field}. Correct the value."
    elif detail["type"] == "missing":
        message = f'the key "{key}" is missing{spot}: {field}. Add it.'
    elif detail["type"] in {"model_type", "model_attributes_type"}:
        message = f"expected a mapping of keys to values{spot}; write it as key: value."
    else:
        label = f"{_dotted(where)}: " if where else ""
        meaning = f" Expected: {field}." if field else ""
        message = f"{label}{_said(detail)}.{meaning} Correct the value."
    return entry.fault(message, where)


def _said(detail: dict[str, Any]) -> str:
    """What is wrong with a value, in words of people who write YAML."""
    given, limits = detail["input"], detail.get("ctx", {})
    match detail["type"]:
        case "too_short":
            return f"needs at least {_items(limits['min_length'])}, and has {limits['actual_length']}"
        case "too_long":
            return f"takes at most {_items(limits['max_length'])}, and has {limits['actual_length']}"
        case "string_type":
            return (
                f"expected text, got {given!r}; put it in quotes" if given is not None else "expected text, got nothing"
            )
        case "string_too_short":
            return "is empty"
        case "tuple_type":
            return f"expected a list, got {given!r}; write [one, two] or one dash a line"
        case "string_pattern_mismatch" if limits["pattern"] == ID_PATTERN:
            return f'"{given}" is no id; use lower-case words and numbers joined by dashes'
        case "literal_error":
            return f'"{given}" is not one of {limits["expected"]}'
        case "value_error":
            return str(detail["msg"]).removeprefix("Value error, ")
        case _:
            shown = "" if isinstance(given, dict | list | tuple) else f" (here: {given!r})"
            return f"{detail['msg']}{shown}"


def _items(count: int) -> str:
    return "one item" if count == 1 else f"{count} items"


def _owner(model: type[BaseModel], where: Where) -> tuple[type[BaseModel], str]:
    """The model that holds the last key of ``where``, and the description of that field."""
    owner, description = model, ""
    for part in where:
        if isinstance(part, int):
            continue
        by_key = {info.alias or name: info for name, info in owner.model_fields.items()}
        info = by_key.get(part)
        if info is None:
            return owner, description
        description = info.description or ""
        inner = _model_in(info.annotation)
        if inner is not None and part != where[-1]:
            owner = inner
    return owner, description


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_in(argument)
        if found is not None:
            return found
    return None


def _dotted(where: Where) -> str:
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")


def _spot(where: Where) -> str:
    return f" in {_dotted(where[:-1])}" if len(where) > 1 else ""
