"""Mistakes: small files that lay one misconception over a sound solution, and name the checks that must notice it.

A mistake is one file in `mistakes/`, or several of one stem (`splits_at_random.py` and `splits_at_random.yaml`):

- `.py` is appended to the solution's module, so that what it defines takes the place of what stood there;
- `.yaml` replaces the keys that it names; a key such as `steps.round.on_failure` goes deeper, into keys below keys and
  into the items of a list by their `id`; `steps.retry: {id: retry, …}` replaces a whole item, or adds one;
- `.sql` replaces a file;
- `.md` replaces the `## ` sections and the keys of the front matter that it names, or the whole document if it begins
  with a `# ` title.

The first of them, in that order, has the head: the misconception in a sentence, and `fails:` with the checks. It stands
in a Python file's docstring, in the first comment lines of YAML and SQL, in a comment at the top of Markdown. Where a
solution has several files of a kind, `overrides: los.sql` in the head of a part says which one is meant.
"""

import ast
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KINDS = (".py", ".yaml", ".sql", ".md")
_HEADS = {
    ".py": "docstring",
    ".yaml": "first comment lines",
    ".sql": "first comment lines",
    ".md": "comment at the top",
}
_COMMENTS = {".yaml": "#", ".sql": "--"}
_TOP_COMMENT = re.compile(r"\s*<!--(.*?)-->\s*", re.DOTALL)
_FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_SECTION = re.compile(r"^## +(.*?) *$", re.MULTILINE)


class MistakeError(Exception):
    """A mistake that cannot be used; the text names its file and the remedy."""


@dataclass(frozen=True)
class Mistake:
    """One mistake of an exercise."""

    path: Path  # the file with the head
    parts: tuple[Path, ...]  # all its files, that one first
    says: str  # the misconception
    fails: tuple[str, ...]  # the checks that must fail, and no others


def read_mistake(path: Path) -> Mistake:
    """Read a mistake by the file with its head."""
    lines = _head(path)
    says = " ".join(line for line in lines if line and not re.match(r"(fails|overrides):", line))
    if not says:
        raise MistakeError(f"{path}: its {_HEADS[path.suffix]} must state the misconception in a sentence.")
    named = next((line.partition(":")[2] for line in lines if line.startswith("fails:")), "")
    fails = tuple(name.strip() for name in named.split(",") if name.strip())
    if not fails:
        raise MistakeError(f"{path}: add a line `fails: test_…` with the checks that must fail.")
    parts = tuple(part for kind in KINDS if (part := path.with_suffix(kind)).is_file())
    return Mistake(path, parts, says, fails)


def mistakes_of(exercise: Path) -> Iterator[Path]:
    """Yield the files with the heads of an exercise's mistakes, in order."""
    found: dict[str, Path] = {}
    for path in sorted((exercise / "mistakes").glob("*")):
        if path.suffix in KINDS:
            first = found.get(path.stem, path)
            found[path.stem] = min(first, path, key=lambda part: KINDS.index(part.suffix))
    yield from found.values()


def overlay(mistake: Mistake, solution: Path, into: Path) -> None:
    """Copy a solution and lay a mistake over it."""
    shutil.copytree(solution, into, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for part in mistake.parts:
        target = into / target_of(part, solution)
        text, before = part.read_text(encoding="utf-8"), target.read_text(encoding="utf-8")
        target.write_text(_laid(part, text, target.name, before), encoding="utf-8")


def target_of(part: Path, solution: Path) -> str:
    """Return which file of the solution a part of a mistake changes."""
    names = [path.name for path in sorted(solution.glob(f"*{part.suffix}"))]
    said = next((line.partition(":")[2].strip() for line in _head(part) if line.startswith("overrides:")), None)
    if said in names:
        return str(said)
    if said or len(names) != 1:
        there = ", ".join(names) or f"no {part.suffix} file"
        raise MistakeError(f"{part}: say which file it changes with a line `overrides: …` (there: {there}).")
    return names[0]


def set_keys(document: Path, changes: dict[str, object]) -> None:
    """Replace keys of a YAML document; its comments go."""
    before = yaml.safe_load(document.read_text(encoding="utf-8"))
    document.write_text(yaml.safe_dump(before | changes, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _head(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        try:
            return [line.strip() for line in (ast.get_docstring(ast.parse(text)) or "").splitlines()]
        except SyntaxError as error:
            raise MistakeError(f"{path}, line {error.lineno}: not valid Python: {error.msg}.") from None
    if path.suffix == ".md":
        comment = _TOP_COMMENT.match(text)
        return [line.strip() for line in comment[1].splitlines()] if comment else []
    sign, rows = _COMMENTS[path.suffix], []
    for row in text.splitlines():
        if not row.startswith(sign):
            break
        rows.append(row.removeprefix(sign).strip())
    return rows


def _laid(part: Path, text: str, name: str, before: str) -> str:
    match part.suffix:
        case ".py":
            return f"{before}\n\n{text}"
        case ".yaml":
            return _replace_keys(part, text, name, before)
        case ".sql":
            return _parsed(part, text)
        case _:
            return _replace_sections(part, _TOP_COMMENT.sub("", text, count=1), name, before)


def _parsed(part: Path, text: str) -> str:
    """Return SQL as it is, once DuckDB can read it: else every check would fail, and none for the misconception."""
    import duckdb  # here: what builds the handbook reads mistakes as well, and has no database

    try:
        duckdb.extract_statements(text)
    except duckdb.Error as error:
        raise MistakeError(f"{part}: DuckDB cannot read it: {str(error).splitlines()[0]}") from None
    return text


def _replace_keys(part: Path, text: str, name: str, before: str) -> str:
    changes, document = yaml.safe_load(text), yaml.safe_load(before)
    if not isinstance(changes, dict) or not isinstance(document, dict):
        raise MistakeError(f"{part}: write the keys to replace in {name}, as `key: value`.")
    for key, value in changes.items():
        *path, last = [str(key)] if key in document else str(key).split(".")
        holder: Any = document
        for word in path:
            holder = _below(holder, word)
        if isinstance(holder, list) and isinstance(value, dict) and value.get("id") == last:
            n = next((n for n, item in enumerate(holder) if item is _below(holder, last)), len(holder))
            holder[n : n + 1] = [value]
        elif isinstance(holder, dict) and last in holder:
            holder[last] = value
        else:
            raise MistakeError(f"{part}: {name} has no key {key}. Name keys that the solution has.")
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)


def _below(holder: Any, word: str) -> Any:
    """Return what stands under a key, or the item of a list with this id; None if there is none."""
    if isinstance(holder, list):
        return next((item for item in holder if isinstance(item, dict) and item.get("id") == word), None)
    return holder.get(word) if isinstance(holder, dict) else None


def _replace_sections(part: Path, text: str, name: str, before: str) -> str:
    if re.match(r"\s*# ", _FRONT.sub("", text, count=1)):
        return text.lstrip()
    front, there = _FRONT.match(text), _FRONT.match(before)
    if front and there is None:
        raise MistakeError(f"{part}: {name} has no front matter whose keys could be replaced.")
    if front and there:
        before = f"---\n{_replace_keys(part, front[1], name, there[1])}---\n{before[there.end() :]}"
    pieces = _SECTION.split(text[front.end() :] if front else text)
    sections = dict(zip(pieces[1::2], pieces[2::2], strict=True))
    if not front and not sections:
        raise MistakeError(f"{part}: write the sections to replace in {name}, each under its `## ` heading.")
    for heading, body in sections.items():
        whole = re.compile(rf"^## +{re.escape(heading)} *$.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
        found = whole.search(before)
        if found is None:
            raise MistakeError(f"{part}: {name} has no section `## {heading}`. Name sections that the solution has.")
        before = f"{before[: found.start()]}## {heading}\n\n{body.strip()}\n\n{before[found.end() :]}"
    return before
