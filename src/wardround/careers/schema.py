"""The schema of the career map as a MyST page: one section a model, made from the models themselves."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from wardround.careers.loader import LISTS, SINGLES
from wardround.careers.models import ID_PATTERN, Refers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.fields import FieldInfo

PLAIN = {str: "text", int: "whole number", float: "number", date: "date", Path: "path of a file"}


def schema_markdown() -> str:
    """All models as MyST sections, each with a list of its fields; headings begin at level two."""
    return "\n".join(_section(model, where) for model, where in _models())


def _models() -> Iterator[tuple[type[BaseModel], str]]:
    """Every model once, each before its parts, with a sentence on where it stands."""
    seen: set[type[BaseModel]] = set()
    for collection, (name, model) in (LISTS | SINGLES).items():
        path = f"`careers/data/{name}`"
        if collection in LISTS:
            place = f"A list of these stands in {path}."
            if name.endswith("/"):
                place = f"Lists of these stand in the files of {path}."
        else:
            place = f"One of these stands in each file of {path}." if name.endswith("/") else f"{path} is one of these."
        yield from _with_parts(model, place, seen)


def _with_parts(
    model: type[BaseModel], place: str, seen: set[type[BaseModel]]
) -> Iterator[tuple[type[BaseModel], str]]:
    if model in seen:
        return
    seen.add(model)
    yield model, place
    for info in model.model_fields.values():
        for part in _parts(info.annotation):
            yield from _with_parts(part, f"A part of `{model.__name__}`.", seen)


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _parts(argument)


def _section(model: type[BaseModel], place: str) -> str:
    doc = " ".join((model.__doc__ or "").split())
    return f"""## {model.__name__}

{doc} {place}

{fields_markdown(model)}
"""


def fields_markdown(model: type[BaseModel]) -> str:
    """The fields of a model as a MyST definition list: name, type, whether it may be left out, meaning."""
    return "\n\n".join(_row(info.alias or name, info) for name, info in model.model_fields.items())


def _row(name: str, info: FieldInfo) -> str:
    required = "" if info.is_required() else "; may be left out"
    meaning = _sentence(info.description or "")
    kind = in_words(info.annotation, tuple(info.metadata))
    for mark in info.metadata:
        if isinstance(mark, Refers):
            meaning = f"{meaning} Must exist in {mark.collection}."
    return (
        f"`{name}` ({kind}{required})\n: {meaning}"  # a definition list fits a phone, which a table of types does not
    )


def _sentence(text: str) -> str:
    # Angle brackets and braces would be read as markup.
    safe = text.replace("<", "&lt;").replace("{", "&#123;").replace("}", "&#125;").replace("`", "")
    return safe[:1].upper() + safe[1:] + ("" if safe.endswith((".", "?")) else ".")


def in_words(annotation: Any, metadata: tuple[object, ...] = ()) -> str:
    """A type in plain words, as "list of text" or "one of builders, genai"."""
    if annotation is str and any(getattr(rule, "pattern", None) == ID_PATTERN for rule in metadata):
        return "id"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"`{annotation.__name__}`"
    if annotation in PLAIN:
        return PLAIN[annotation]
    arguments = get_args(annotation)
    if hasattr(annotation, "__metadata__"):  # Annotated
        return in_words(arguments[0], arguments[1:])
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(str(value) for value in arguments)
    if get_origin(annotation) is tuple:
        if arguments[-1] is not Ellipsis:
            return "list of two numbers"
        return f"list of {in_words(arguments[0])}"
    without = [argument for argument in arguments if argument is not NoneType]
    words = " or ".join(in_words(argument) for argument in without)
    return f"{words}, or null" if len(without) < len(arguments) else words
