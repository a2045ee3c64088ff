"""The manifest of the exercises: exercises/exercises.toml, read into frozen models.

Its faults are told all at once, one line each, so that an author mends them in one go.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from wardround.wording import did_you_mean, listed, only

PATHWAYS = (
    "software-engineer",
    "data-scientist",
    "clinician",
    "life-sciences",
    "operations-business",
    "student-switcher",
)
EXTRAS = ("fhir", "imaging", "api", "rwe", "chem", "plots")
MANIFEST = "exercises.toml"

ID = re.compile(r"(?P<pathway>[a-z][a-z-]*)/(?P<phase>[1-3])-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")
_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class CatalogError(Exception):
    """The manifest, or a folder it names, is not as it should be; the text lists every fault."""


class Exercise(BaseModel):
    """One exercise as the manifest and its folder describe it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Text = Field(description="pathway/phase-slug, which is also the folder")
    title: _Text = Field(description="what the card and the pages call it")
    summary: _Text = Field(description="one sentence on what the learner makes")
    hours: tuple[Annotated[float, Field(gt=0)], Annotated[float, Field(gt=0)]] = Field(description="[low, high]")
    needs: tuple[_Text, ...] = Field(default=(), description="extras of the package that it needs")
    needs_for: dict[_Text, tuple[_Text, ...]] = Field(
        default_factory=dict, description="choice -> the extras that it needs beyond those"
    )
    prerequisites: tuple[_Text, ...] = Field(default=(), description="ids of exercises to do first")
    files: tuple[_Text, ...] = Field(min_length=1, description="what the learner hands in")
    talk: _Text | None = Field(default=None, description="how an instructor may talk about it with a class")
    folder: Path

    def __hash__(self) -> int:
        """Exercises are keys of dicts; `needs_for` is one itself, and has no hash."""
        return hash((self.id, self.folder))

    @property
    def pathway(self) -> str:
        """The pathway's id, such as `software-engineer`."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """The folder's own name, such as `1-readmission-risk`."""
        return self.id.partition("/")[2]

    @property
    def phase(self) -> int:
        """1, 2 or 3: days 0-30, 31-60 or 61-90."""
        return int(self.name[0])

    @property
    def slug(self) -> str:
        """The name without its number, such as `readmission-risk`."""
        return self.name.partition("-")[2]

    def extras(self, choice: str | None = None) -> tuple[str, ...]:
        """Return the extras that one of its choices needs; without one, those that every choice needs."""
        return (*self.needs, *(self.needs_for.get(choice, ()) if choice else ()))

    @property
    def duration(self) -> str:
        """The hours it takes, as text: `6-10 h`."""
        low, high = self.hours
        return f"{low:g} h" if low == high else f"{low:g}-{high:g} h"

    @property
    def checks(self) -> Path:
        """The file with the graded checks."""
        return self.folder / check_file(self.slug)

    @property
    def brief(self) -> Path:
        """The exercise's README.md."""
        return self.folder / "README.md"


class Catalog(BaseModel):
    """All exercises, in the manifest's order."""

    model_config = ConfigDict(frozen=True)

    root: Path
    exercises: tuple[Exercise, ...]

    def get(self, exercise_id: str) -> Exercise:
        """Return one exercise by its id, or by a beginning of it that fits no other, such as clinician/1.

        Raises:
            CatalogError: there is none; the message suggests one, or lists them.
        """
        ids = [exercise.id for exercise in self.exercises]
        found = only(exercise_id, ids)
        if found is not None:
            return self.exercises[ids.index(found)]
        suggestion = did_you_mean(exercise_id, ids)
        raise CatalogError(f"There is no exercise {exercise_id}.{suggestion or ' Known ones: ' + listed(ids) + '.'}")

    def pathway(self, pathway: str) -> tuple[Exercise, ...]:
        """Return a pathway's exercises by phase (none, if none is written yet); raise CatalogError if unknown."""
        if pathway not in PATHWAYS:
            suggestion = did_you_mean(pathway, PATHWAYS)
            known = "" if suggestion else f" Choose one of {listed(PATHWAYS)}."
            raise CatalogError(f"There is no pathway {pathway}.{suggestion}{known}")
        return tuple(sorted((e for e in self.exercises if e.pathway == pathway), key=lambda e: e.phase))

    def find(self, folder_name: str, checks: str) -> Exercise | None:
        """Return the exercise whose folder and check file have these names, wherever the learner keeps them."""
        for exercise in self.exercises:
            if exercise.name == folder_name and exercise.checks.name == checks:
                return exercise
        return None


def check_file(slug: str) -> str:
    """Return the name of an exercise's check file."""
    return f"test_{slug.replace('-', '_')}.py"


def find_root() -> Path:
    """Return the folder of exercises: the one inside the installed package, else the checkout's."""
    here = Path(__file__).resolve()
    for root in (here.parent / "_exercises", here.parents[2] / "exercises"):
        if (root / MANIFEST).is_file():
            return root
    raise CatalogError(
        f"{MANIFEST} was not found, neither in the installed package nor in {here.parents[2] / 'exercises'}. "
        "Install the package again: pip install --force-reinstall wardround"
    )


def load_catalog(root: Path | None = None) -> Catalog:
    """Read the manifest in `root` (default: see find_root); raise CatalogError with every fault in it."""
    root = root or find_root()
    return _catalog(root, _text(root / MANIFEST))


@lru_cache(maxsize=4)  # a build of the handbook asks some 400 times
def _catalog(root: Path, text: str) -> Catalog:
    path = root / MANIFEST
    entries = _entries(path, text)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if _is_header(line)]
    faults: list[str] = []
    exercises: list[Exercise] = []
    for n, entry in enumerate(entries):
        place = f"{path}, line {lines[n]}" if n < len(lines) else str(path)
        item = entry.get("id") if isinstance(entry, dict) else None
        where = f"{place}, {item}" if isinstance(item, str) else f"{place}, exercise number {n + 1}"
        found = [f"{where}: {fault}" for fault in _entry_faults(root, entry)]
        faults += found
        if not found:
            exercises.append(Exercise(**entry, folder=root / entry["id"]))
    ids = [str(entry.get("id")) for entry in entries if isinstance(entry, dict)]
    faults += [f"{path}: the id {i} stands twice; give each exercise its own." for i in ids if ids.count(i) > 1]
    for exercise in exercises:
        for other in exercise.prerequisites:
            if other not in ids or other == exercise.id:
                faults.append(
                    f"{path}, {exercise.id}: the prerequisite {other} is not another exercise."
                    f"{did_you_mean(other, [i for i in ids if i != exercise.id]) or ' Remove it or correct it.'}"
                )
    if faults:
        raise CatalogError("\n".join(dict.fromkeys(faults)))
    return Catalog(root=root, exercises=tuple(exercises))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CatalogError(f"{path} is missing; it lists the exercises, one [[exercise]] each.") from None
    except UnicodeDecodeError as error:
        raise CatalogError(f"{path} is not UTF-8 text (byte {error.start}); save it as UTF-8.") from None
    except OSError as error:
        raise CatalogError(f"{path} cannot be read: {error.strerror}.") from None


def _entries(path: Path, text: str) -> list[Any]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogError(f"{path} is not valid TOML: {error}. Mend that place first.") from None
    unknown = [key for key in data if key != "exercise"]
    if unknown:
        hint = did_you_mean(unknown[0], ["exercise"])
        raise CatalogError(f"{path}: unknown key {unknown[0]}; only [[exercise]] entries are expected.{hint}")
    entries = data.get("exercise", [])
    if not isinstance(entries, list):
        raise CatalogError(f"{path}: write [[exercise]] with two brackets; with one, there can be only one exercise.")
    return entries


def _is_header(line: str) -> bool:
    return bool(re.match(r"\s*\[\[\s*exercise\s*\]\]", line))


def _entry_faults(root: Path, entry: object) -> Iterator[str]:
    if not isinstance(entry, dict):
        yield "expected a table of keys; begin it with [[exercise]]."
        return
    if "folder" in entry:
        yield "unknown key folder; the folder is the id, so remove it."
        return
    try:
        exercise = Exercise(**entry, folder=root)
    except ValidationError as error:
        yield from map(_sentence, error.errors())
        return
    match = ID.fullmatch(exercise.id)
    if not match or match["pathway"] not in PATHWAYS:
        hint = did_you_mean(exercise.pathway, PATHWAYS) if match else ""
        yield f"the id must read pathway/phase-slug, such as software-engineer/1-readmission-risk.{hint}"
        return
    if exercise.hours[0] > exercise.hours[1]:
        low, high = exercise.hours
        yield f"hours are reversed ([{low:g}, {high:g}]); write the lower first: [{high:g}, {low:g}]."
    for key, extra in (
        *(("needs", extra) for extra in exercise.needs),
        *(("needs_for", extra) for extras in exercise.needs_for.values() for extra in extras),
    ):
        if extra not in EXTRAS:
            yield f"{key} names the unknown extra {extra}; known: {listed(EXTRAS)}.{did_you_mean(extra, EXTRAS)}"
    yield from _folder_faults(root / exercise.id, exercise)


def _folder_faults(folder: Path, exercise: Exercise) -> Iterator[str]:
    if not folder.is_dir():
        yield f"its folder {folder} is missing; make it, or correct the id."
        return
    for name in ("README.md", check_file(exercise.slug)):
        if not (folder / name).is_file():
            yield f"{folder / name} is missing; every exercise has one."
    for name in exercise.files:
        if Path(name).name != name:
            yield f"files names {name}; name a file, without a folder."
        elif not any((folder / part / name).is_file() for part in ("starter", "solution")):
            yield f"the answer file {name} is in neither {folder / 'starter'} nor solution; write it, or correct files."


def _sentence(error: Any) -> str:
    key, kind = str(error["loc"][0]), error["type"]
    if kind == "missing" and len(error["loc"]) == 1:
        return f"the key {key} is missing; add it."
    if kind == "extra_forbidden":
        keys = [name for name in Exercise.model_fields if name != "folder"]
        return f"unknown key {key}; known: {listed(keys)}.{did_you_mean(key, keys)}"
    expected = {
        "hours": "two numbers above zero, such as [4, 6]",
        "needs": "a list of extras, such as ['fhir']",
        "needs_for": "a list of extras for each choice, such as {image = ['imaging']}",
        "prerequisites": "a list of exercise ids",
        "files": "a list of at least one file name, such as ['note.yaml']",
    }.get(key, "text that is not empty")
    given = error["input"]
    return f"{key} is {given!r}; expected {expected}."
