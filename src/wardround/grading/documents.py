"""Answers that are documents: a YAML file as a dict that knows its line numbers, a Markdown file by its headings.

A file with keys at its top only is read here: `document("note.yaml", {"threshold": float})`. Where the items of a list
have keys of their own, `wardround.grading.forms` reads typed values: `document("workflow.yaml", Workflow)`.

Nothing in a document can run, grow or hang: aliases are refused, size and depth are bounded, every value is plain.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from wardround.grading.faults import Waiting, WrongForm
from wardround.grading.form_faults import Fault, first_faults
from wardround.grading.number_text import number_remedy
from wardround.grading.yaml_faults import quoted, shown
from wardround.grading.yaml_text import YamlText, parse_yaml, repeated, repeated_keys
from wardround.wording import did_you_mean, listed, nearest, same_word

SIZE_LIMIT = 200_000  # bytes
Fields = dict[str, type]

_EXPECTED = {
    float: "a number",
    int: "a whole number",
    bool: "true or false",
    str: "a sentence of text",
    list: "a list (lines that begin with `- `)",
    dict: "keys and values, indented below it",
}


class Document(dict[str, Any]):
    """A YAML answer: its keys and values, and where each key stands."""

    def __init__(
        self, values: dict[str, Any], name: str, lines: dict[str, int], written: dict[str, str] | None = None
    ) -> None:
        super().__init__(values)
        self.name = name
        self.lines = lines
        self.written = written or {}  # the values that stand in one line, as they are typed

    def where(self, key: str) -> str:
        """Return `note.yaml, line 3`."""
        return f"{self.name}, line {self.lines[key]}" if key in self.lines else self.name


@dataclass(frozen=True)
class Prose:
    """A Markdown answer: the keys of its front matter, its text, and its sections by heading."""

    name: str
    text: str
    front: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)


def read_document(path: Path, fields: Fields | None = None, *, others: bool = False) -> Document:
    """Read a YAML answer file; raise WrongForm with file, line and remedy for any fault, Waiting while a TODO stands.

    Args:
        path: The file.
        fields: What the check needs: key -> float, int, bool, str (not empty), list or dict. None takes any keys.
        others: Whether keys beyond `fields` are welcome.
    """
    text, name = read_text(path), path.name
    values, tree = _mapping(text, name)
    lines = {str(key.value): tree.line(key) for key, _ in tree.top.value}
    document = Document(values, name, lines, {str(key.value): _written(tree, node) for key, node in tree.top.value})
    if fields is None:
        todo = [key for key, value in document.items() if _is_todo(value)]
    else:
        _check_keys(document, fields, others)
        todo = [key for key in fields if _is_todo(document[key])]
    if todo:
        keys = listed(todo if len(todo) <= 3 else [*todo[:2], f"{len(todo) - 2} more"])
        raise Waiting(f"{name} still says TODO for {keys} ({document.where(todo[0]).split(', ')[-1]})")
    faults: list[Fault] = []
    for key, kind in (fields or {}).items():
        try:
            document[key] = _typed(document, key, kind)
        except WrongForm as fault:
            faults.append(Fault(document.lines[key], fault.sentence))
    if faults:
        raise WrongForm(first_faults(faults, name))
    return document


def read_prose(path: Path) -> Prose:
    """Read a Markdown answer file: front matter between `---` lines, then text with `## ` headings."""
    text, name = read_text(path), path.name
    front: dict[str, Any] = {}
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if match:
        front, _ = _mapping(match[1], name, first_line=1)
        text = text[match.end() :]
    if re.search(r"^\s*TODO\b", text, re.MULTILINE) or any(_is_todo(value) for value in front.values()):
        raise Waiting(f"{name} still says TODO")
    parts = re.split(r"^#{1,6}\s+(.*?)\s*$", _without_code(text), flags=re.MULTILINE)
    sections = {heading: body.strip() for heading, body in zip(parts[1::2], parts[2::2], strict=True)}
    return Prose(name, text, front, sections)


def read_query(path: Path) -> str:
    """Read an answer file of SQL; raise Waiting while it holds a TODO."""
    text = read_text(path)
    todo = re.search(r"^[ \t]*--[ \t]*TODO\b", text, re.MULTILINE)
    if todo:
        line = text.count("\n", 0, todo.start()) + 1
        raise Waiting(
            f"{path.name} still says TODO (line {line}); write your query there, and delete that comment line"
        )
    return text


def read_choice(path: Path, choices: Sequence[str]) -> str:
    """Return which of `choices` a choice.yaml names; raise Waiting while it says TODO, WrongForm for any other word."""
    one_of = listed(choices, "or")
    try:
        choice = str(read_document(path, {"choice": str})["choice"]).strip()
    except Waiting:
        raise Waiting(f"{path.name} still says TODO; write one of {listed(choices)}") from None
    meant = same_word(choice, choices)
    if meant is None:
        raise WrongForm(f"{path.name} says {choice}; the choices are {one_of}.{did_you_mean(choice, choices)}")
    return meant


_PROGRAMS = {
    b"{\\rtf": "with formatting (as RTF)",
    b"PK\x03\x04": "as a document of a word processor",
    b"\xd0\xcf\x11\xe0": "as a document of a word processor",
    b"%PDF": "as a PDF",
    b"<!DOCTYPE": "as a web page",
    b"<html": "as a web page",
}


def read_text(path: Path) -> str:
    """Read a small UTF-8 text file with its line ends made alike; raise WrongForm otherwise."""
    name = path.name
    with path.open("rb") as file:
        begin = file.read(40).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if saved := next((how for sign, how in _PROGRAMS.items() if begin.startswith(sign.lower())), ""):
        raise WrongForm(
            f"{name} was saved {saved}, and not as plain text. In TextEdit, choose Format > Make Plain Text and save "
            f"it as {name}; in Word or Writer, save it as plain text in UTF-8."
        )
    if path.stat().st_size > SIZE_LIMIT:
        raise WrongForm(
            f"{name} is {path.stat().st_size // 1000} KB large; at most {SIZE_LIMIT // 1000} KB are read. Shorten it."
        )
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise WrongForm(f"{name}, line {line} is not UTF-8 text. Save the file as UTF-8 in your editor.") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _without_code(text: str) -> str:
    return re.sub(r"^```.*?^```\s*$", "", text, flags=re.MULTILINE | re.DOTALL)


def _is_todo(value: object) -> bool:
    return isinstance(value, str) and re.match(r"TODO\b", value.strip()) is not None


def _check_keys(document: Document, fields: Fields, others: bool) -> None:
    unknown = [key for key in document if key not in fields]
    for key in fields:
        if key in document:
            continue
        near = nearest(key, unknown)
        if near:
            raise WrongForm(f"{document.where(near)}: there is a key {near}, but {key} is expected. Rename it.")
        raise WrongForm(f"{document.name} has no key {key}. Add a line `{key}: …` ({_EXPECTED[fields[key]]}).")
    if unknown and not others:
        near = nearest(unknown[0], fields)
        remedy = f"Did you mean {near}? It is there as well: keep one." if near else "Remove it."
        raise WrongForm(f"{document.where(unknown[0])}: the key {unknown[0]} is not known. {remedy}")


def _typed(document: Document, key: str, kind: type) -> Any:
    value, expected = document[key], _EXPECTED[kind]
    if kind is float or kind is int:
        return _number(document, key, kind)
    if type(value) is kind and (kind is bool or value):
        return value.strip() if isinstance(value, str) else value
    where = document.where(key)
    if value in (None, "", [], {}):
        raise WrongForm(f"{where}: {key} is empty; write {expected}.")
    written = document.written.get(key, "")
    if not written:
        mend = "Begin each item with `- `." if kind is list else "Write it in one line behind the colon."
        raise WrongForm(f"{where}: {key} holds {_held(value)}; {expected} is expected. {mend}")
    remedy = ""
    if kind is str:
        remedy = f" Put quotes around it: `{key}: {shown(quoted(written), 80)}`; or a sentence, if one is asked for."
    elif kind is list and isinstance(value, str):
        items = "several items" if "," in written else "one item"
        remedy = f" For {items}, write `{key}: [{shown(written)}]`."
    raise WrongForm(f"{where}: {key} is `{shown(written)}`; write {expected}.{remedy}")


def _held(value: object) -> str:
    return "a list" if isinstance(value, list) else "keys and values"


def _written(tree: YamlText, node: yaml.Node) -> str:
    """Return a value as it is typed, if it begins in the line of its key and ends there; else nothing."""
    if node.start_mark.line != node.end_mark.line or (isinstance(node, yaml.MappingNode) and not node.flow_style):
        return ""
    return tree.row(node)[node.start_mark.column : node.end_mark.column]


def _number(document: Document, key: str, kind: type) -> float | int:
    value = document[key]
    number: float | None = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = float(value)
    elif isinstance(value, str):
        try:  # YAML takes 1e-3 for text; the learner means a number
            number = float(value)
        except ValueError:
            number = None
    where, said = document.where(key), shown(value)
    if number is None:
        remedy = number_remedy(str(value), key=key, count=kind is int)
        raise WrongForm(f"{where}: {key} is `{said}`, which is not a number. {remedy}")
    if not math.isfinite(number):
        raise WrongForm(f"{where}: {key} is `{said}`; write a finite number.")
    if kind is int:
        if number != round(number):
            raise WrongForm(f"{where}: {key} is `{said}`; write a whole number.")
        return round(number)
    return number


def _mapping(text: str, name: str, first_line: int = 0) -> tuple[dict[str, Any], YamlText]:
    """Parse YAML whose top level is a mapping; return its values, and where they stand."""
    tree = parse_yaml(text, name, first_line)
    for twice in repeated_keys(tree.top):
        raise WrongForm(repeated(tree, *twice))
    values: dict[str, Any] = {}
    for key, node in tree.top.value:
        try:
            values[str(key.value)] = _constructed(node)
        except (ValueError, OverflowError, TypeError, yaml.YAMLError):  # a date such as 2024-99-99, a list as a key
            raise WrongForm(
                f"{tree.where(key)} (`{shown(tree.row(key))}`) holds a value that cannot be read. Put quotes around it."
            ) from None
    return values, tree


def _constructed(node: yaml.Node) -> Any:
    loader: Any = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()
