"""What a field of a form takes, in plain words: read from its type, so that a message can say what to write."""

import re
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from wardround.wording import counted, listed, same_word


@dataclass(frozen=True)
class Reads:
    """How a type is named in a message: `Annotated[str, Reads("an id such as S-12")]`."""

    words: str


@dataclass(frozen=True)
class Kind:
    """What a value may be.

    Attributes:
        name: "text", "number", "whole number", "bool", "choice", "list", "map", "form", "union" or "other".
        words: What to write, as a message says it.
        choices: A choice's words.
        inside: The kind of a list's items, of a map's values, or of each part of a union.
        form: The model of a form.
        key: The kind of a map's keys.
    """

    name: str
    words: str
    choices: tuple[str, ...] = ()
    inside: tuple["Kind", ...] = ()
    form: type[BaseModel] | None = None
    key: "Kind | None" = None

    @property
    def fields(self) -> dict[str, "Kind"]:
        """Return the keys of a form, as they are written in YAML, and what each takes."""
        return keys_of(self.form) if self.form else {}

    def part(self, name: str) -> "Kind | None":
        """Return this kind, or the part of a union that is of the kind `name`."""
        return next((kind for kind in (self, *self.inside) if kind.name == name and self.name in {name, "union"}), None)

    def branch(self, keys: set[str]) -> "Kind | None":
        """Return which form of a union is meant by what has these keys; None if it has no forms."""
        forms = [part for part in self.inside if part.form] if self.name == "union" else []
        return max(forms, key=lambda part: len(keys & set(part.fields)), default=None)

    def named(self, tag: str) -> tuple["Kind | None", bool]:
        """Return which form of a union pydantic means by a tag, and whether by its name rather than by a choice."""
        forms = [part for part in self.inside if part.form] if self.name == "union" else []
        for part in forms:
            if part.form and re.search(rf"\b{re.escape(part.form.__name__)}\b", tag):
                return part, True
        told = (part for part in forms if any(tag in kind.choices for kind in part.fields.values()))
        return next(told, None), False

    def example(self) -> str:
        """Return what could stand behind the key, or behind the `- ` of a list item."""
        if self.name == "choice":
            return self.choices[0]
        if self.name == "form":
            key = next(iter(self.fields), "key")
            return f"{key}: …"
        return {"number": "0.5", "whole number": "3", "bool": "true", "list": "[…]"}.get(self.name, "…")


@lru_cache(maxsize=256)
def keys_of(form: type[BaseModel]) -> dict[str, Kind]:
    """Return a form's keys as they are written in YAML, and what each takes."""
    return {field.alias or name: kind_of_field(field) for name, field in form.model_fields.items()}


def kind_of_field(field: FieldInfo) -> Kind:
    """Return what a field takes."""
    return kind_of(field.annotation, field.metadata)


def kind_of(annotation: Any, metadata: Iterable[Any] = ()) -> Kind:
    """Return what a type takes; `metadata` are its constraints."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return kind_of(inner, [*metadata, *(part for item in more for part in _parts(item))])
    origin, arguments, told = get_origin(annotation), get_args(annotation), list(metadata)
    reads = next((item.words for item in told if isinstance(item, Reads)), "")
    if origin in {Union, types.UnionType}:
        return _union([kind_of(argument, told) for argument in arguments if argument is not type(None)])
    if origin is Literal:
        choices = tuple(arguments)
        if not all(isinstance(choice, str) for choice in choices):
            raise TypeError(f"{annotation}: a choice is one of several words; for numbers, say Field(ge=…, le=…)")
        return Kind("choice", reads or listed(choices, "or"), choices)
    if origin in {list, set, frozenset, tuple, Sequence} or annotation is list:
        item = kind_of(arguments[0]) if arguments else Kind("other", "a value")
        fixed = origin is tuple and Ellipsis not in arguments
        words = f"a list of {counted(len(arguments), 'item')}" if fixed else "a list, in lines that begin with `- `"
        return Kind("list", reads or words, inside=(item,))
    if origin in {dict, Mapping} or annotation is dict:
        value = kind_of(arguments[1]) if arguments else Kind("other", "a value")
        key = kind_of(arguments[0]) if arguments else None
        return Kind("map", reads or "keys and values, indented below it", inside=(value,), key=key)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        names = [f"`{field.alias or name}`" for name, field in annotation.model_fields.items() if field.is_required()]
        within = f": {listed(names)}" if names else ""
        return Kind("form", reads or f"keys and values, indented below it{within}", form=annotation)
    plain = {bool: ("bool", "true or false"), str: ("text", "text"), date: ("other", "a date such as 2026-11-22")}
    if annotation in {float, int}:
        name = "number" if annotation is float else "whole number"
        return Kind(name, reads or f"a {name}{_bounds(told)}")
    name, words = plain.get(annotation, ("other", "a value"))
    return Kind(name, reads or words)


def as_meant(value: Any, kind: Kind) -> Any:
    """Return a value with each word of a choice as the choice has it: `Too_Low` is taken for `too low`.

    Args:
        value: Lists and dicts of texts, as they are written.
        kind: What the field takes. Where it takes any text as well, nothing is changed.
    """
    if isinstance(value, str):
        parts = (kind, *kind.inside) if kind.name == "union" else (kind,)
        if any(part.name in {"text", "other"} for part in parts):
            return value
        return same_word(value, [word for part in parts for word in part.choices]) or value
    of = kind.part("list" if isinstance(value, list) else "map")
    if isinstance(value, list):
        return [as_meant(item, of.inside[0]) for item in value] if of else value
    if not isinstance(value, dict):
        return value
    if of is None:
        return _tagged(value, kind)
    keys = [as_meant(key, of.key) if of.key else key for key in value]
    keys = keys if len(set(keys)) == len(keys) else list(value)  # two that are one word: told as not known
    return {key: as_meant(item, of.inside[0]) for key, item in zip(keys, value.values(), strict=True)}


def _tagged(value: dict[str, Any], kind: Kind) -> dict[str, Any]:
    """Return keys and values with the words as meant by which the forms of a union are told apart."""
    forms = [part.fields for part in kind.inside if part.form] if kind.name == "union" else []
    tags = {key: [word for form in forms if key in form for word in form[key].choices] for key in value}
    return {key: same_word(word, tags[key]) or word if isinstance(word, str) else word for key, word in value.items()}


def _parts(item: Any) -> Iterable[Any]:
    return item.metadata if isinstance(item, FieldInfo) else (item,)


def _union(kinds: list[Kind]) -> Kind:
    if len(kinds) == 1:
        return kinds[0]
    words = [kind.words.replace(", indented below it", " in braces") for kind in kinds]
    return Kind("union", listed(words, "or"), inside=tuple(kinds))


def _bounds(metadata: list[Any]) -> str:
    low = next((item.ge for item in metadata if isinstance(item, Ge)), None)
    above = next((item.gt for item in metadata if isinstance(item, Gt)), None)
    high = next((item.le for item in metadata if isinstance(item, Le)), None)
    below = next((item.lt for item in metadata if isinstance(item, Lt)), None)
    if low is not None and high is not None:
        return f" between {low} and {high}"
    least = f"of at least {low}" if low is not None else f"above {above}" if above is not None else ""
    most = f"of at most {high}" if high is not None else f"below {below}" if below is not None else ""
    return " " + " and ".join(part for part in (least, most) if part) if least or most else ""
