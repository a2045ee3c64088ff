"""Mistakes: small files that lay one misconception over a sound solution, and name the checks that must notice it.

A mistake is `mistakes/<name>.py`, whose source is appended to the solution's module, or `mistakes/<name>.yaml`, whose
keys replace those of the solution's document, or both under one name: then the head stands in the Python file.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml


class MistakeError(Exception):
    """A mistake that cannot be used; the text names its file and the remedy."""


@dataclass(frozen=True)
class Mistake:
    """One file of mistakes/."""

    path: Path  # the file with the head
    parts: tuple[Path, ...]  # all its files
    says: str  # the misconception
    fails: tuple[str, ...]  # the checks that must fail, and no others
    overrides: str | None  # the answer file it changes; None for the only one of its kind


def read_mistake(path: Path) -> Mistake:
    """Read a mistake by the file with its head: a Python file's docstring, a YAML file's first comment lines."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        try:
            head = ast.get_docstring(ast.parse(text)) or ""
        except SyntaxError as error:
            raise MistakeError(f"{path}, line {error.lineno}: not valid Python: {error.msg}.") from None
    else:
        rows = []
        for row in text.splitlines():
            if not row.startswith("#"):
                break
            rows.append(row.removeprefix("#").strip())
        head = "\n".join(rows)
    lines = [line.strip() for line in head.splitlines()]
    says = " ".join(line for line in lines if line and not re.match(r"(fails|overrides):", line))
    if not says:
        kind = "docstring" if path.suffix == ".py" else "first comment lines"
        raise MistakeError(f"{path}: its {kind} must state the misconception in a sentence.")
    named = next((line.partition(":")[2] for line in lines if line.startswith("fails:")), "")
    fails = tuple(name.strip() for name in named.split(",") if name.strip())
    if not fails:
        raise MistakeError(f"{path}: add a line `fails: test_…` with the checks that must fail.")
    target = next((line.partition(":")[2].strip() for line in lines if line.startswith("overrides:")), None)
    other = path.with_suffix(".yaml")
    parts = (path, other) if path.suffix == ".py" and other.is_file() else (path,)
    return Mistake(path, parts, says, fails, target)


def mistakes_of(exercise: Path) -> Iterator[Path]:
    """Yield the files with the heads of an exercise's mistakes, in order."""
    for path in sorted((exercise / "mistakes").glob("*")):
        if path.suffix == ".py" or (path.suffix == ".yaml" and not path.with_suffix(".py").is_file()):
            yield path


def overlay(mistake: Mistake, solution: Path, into: Path) -> None:
    """Copy a solution and lay a mistake over it: Python is appended to its module, YAML keys replace a document's."""
    shutil.copytree(solution, into, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for part in mistake.parts:
        target = into / _target(mistake, part, solution)
        text = part.read_text(encoding="utf-8")
        before = target.read_text(encoding="utf-8")
        after = f"{before}\n\n{text}" if part.suffix == ".py" else _replace_keys(part, text, target.name, before)
        target.write_text(after, encoding="utf-8")


def _replace_keys(part: Path, text: str, name: str, before: str) -> str:
    changes, document = yaml.safe_load(text), yaml.safe_load(before)
    if not isinstance(changes, dict) or not isinstance(document, dict):
        raise MistakeError(f"{part}: write the keys to replace in {name}, as `key: value`.")
    unknown = sorted(set(changes) - set(document))
    if unknown:
        raise MistakeError(f"{part}: {name} has no key {unknown[0]}. Name keys that the solution has.")
    return yaml.safe_dump(document | changes, allow_unicode=True, sort_keys=False)


def _target(mistake: Mistake, part: Path, solution: Path) -> str:
    names = [p.name for p in sorted(solution.glob(f"*{part.suffix}"))]
    if mistake.overrides in names and part is mistake.path:
        return str(mistake.overrides)
    if len(names) != 1 or (mistake.overrides and part is mistake.path):
        there = ", ".join(names) or f"no {part.suffix} file"
        raise MistakeError(f"{part}: say which file it changes with a line `overrides: …` (there: {there}).")
    return names[0]
