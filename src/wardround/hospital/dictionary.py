"""The data dictionary: what every public table and column means. Read from data-dictionary.yaml, without NumPy."""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

PACKAGED = Path(__file__).with_name("data-dictionary.yaml")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Type = Literal["whole number", "number", "text", "true or false", "time"]


class DictionaryError(Exception):
    """The data dictionary cannot be read; the text names the file, the table, the column and what is wrong."""


class _Item(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Column(_Item):
    """One public column."""

    name: Text
    type: Type
    means: Text = Field(description="a sentence; also when it becomes known, if that is not when the row begins")
    unit: Text | None = None
    values: tuple[str | int, ...] = Field((), description="all values that occur, if they are few")
    key: bool = Field(False, description="whether it names the row: no value occurs twice")
    leads_to: Text | None = Field(None, description="table.column that holds every one of its values")
    missing: bool = Field(False, description="whether it can be empty")


class TableInfo(_Item):
    """One public table."""

    name: Text
    part: Text = Field(description="the group of tables under which it is listed")
    rows: Text = Field(description="what a row is, after the word 'Rows:'")
    about: Text
    columns: tuple[Column, ...] = Field(min_length=1)
    like: Text | None = Field(None, description="an earlier table that has the same columns")
    traps: tuple[Text, ...] = Field((), description="what tempts to a wrong answer, a sentence or two each")

    @model_validator(mode="after")
    def _once(self) -> "TableInfo":
        names = [column.name for column in self.columns]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"describes {', '.join(twice)} twice; keep one")
        return self


@cache
def tables(file: Path = PACKAGED) -> tuple[TableInfo, ...]:
    """Return the description of every public table, in the order of the file.

    Raises:
        DictionaryError: the file cannot be read.
    """
    try:
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise DictionaryError(f"{file.name} is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(raw, list):
        raise DictionaryError(f"{file.name}: a list of tables is expected, each beginning with `- name: …`.")
    known: dict[str, TableInfo] = {}
    for number, entry in enumerate(raw, start=1):
        table = _table(entry, number, known, file)
        if table.name in known:
            raise DictionaryError(f"{file.name}: the table {table.name} is described twice; keep one.")
        known[table.name] = table
    return tuple(known.values())


def _table(entry: Any, number: int, known: dict[str, TableInfo], file: Path) -> TableInfo:
    name = entry.get("name", f"number {number}") if isinstance(entry, dict) else f"number {number}"
    if isinstance(entry, dict) and "like" in entry and "columns" not in entry:
        if entry["like"] not in known:
            raise DictionaryError(f"{file.name}: table {name}: like: no earlier table is called {entry['like']!r}.")
        entry = entry | {"columns": known[entry["like"]].columns}
    try:
        return TableInfo.model_validate(entry)
    except ValidationError as error:
        found = error.errors(include_url=False)[0]
        place = ": ".join(_place(entry, found["loc"]))
        raise DictionaryError(f"{file.name}: table {name}: {place + ': ' if place else ''}{found['msg']}.") from None


def _place(entry: Any, path: tuple[str | int, ...]) -> list[str]:
    """Name the place of a fault: a column by its name, not by its number."""
    words: list[str] = []
    for step in path:
        try:
            entry = entry[step]
        except (KeyError, IndexError, TypeError):
            entry = None
        named = isinstance(step, int) and isinstance(entry, dict) and "name" in entry
        words.append(str(entry["name"]) if named else str(step))
    return words
