"""A learner's folder: a pathway's exercises, copied so that `pytest` works there at once. Nothing is overwritten."""

from dataclasses import dataclass
from pathlib import Path

from wardround.catalog import MANIFEST, PATHWAYS, Catalog, CatalogError, Exercise
from wardround.wording import did_you_mean, listed, only, typed

MADE = "# Made by `wardround start`."
OWN = ".wardround"  # what the course itself keeps in a learner's folder; pytest collects nothing in it
PYTEST_INI = f"""\
{MADE} It lets `pytest` work here and in each exercise's folder.
[pytest]
addopts = -q --import-mode=importlib -p no:cacheprovider
testpaths = .
"""

README = """\
# Your exercises: {pathway}

1. Open `{first}/README.md`: it says what to write and why it matters.
2. Edit the answer files beside it in any text editor ({files});
   each place to fill in says TODO.
3. Run `pytest` in that folder, as often as you like: it shows your points and one hint at a time.
4. When all is done, the card says what comes next; often `pytest --unseen 3`: the same checks on
   patients you have not seen.
5. `wardround progress` shows where you stand; `wardround watch` runs the checks at every save.
6. Lost a file? `wardround start {pathway} .` brings it back, and overwrites nothing.
   To begin an exercise again: `wardround reset {first}` keeps a copy of yours.
7. To hand in: `wardround submit` packs your answers into one zip.
8. Everything here is synthetic: for learning, not for clinical use.
"""


class WorkspaceError(Exception):
    """The folder cannot be made; the text says why and what to do."""


@dataclass(frozen=True)
class Workspace:
    """What `start` did."""

    folder: Path
    exercises: tuple[Exercise, ...]
    written: tuple[Path, ...]
    kept: tuple[Path, ...]  # were there already, and differ from what would have been written
    is_new: bool  # nothing was there before


def start(pathway: str, folder: Path, catalog: Catalog) -> Workspace:
    """Copy a pathway's exercises into `folder`: briefs, checks and starters, one folder each.

    Files that are already there are kept as they are. Raises CatalogError for an unknown pathway or one without
    exercises yet, WorkspaceError if the folder cannot be written.
    """
    try:
        exercises = catalog.pathway(pathway)
    except CatalogError as error:
        raise CatalogError(f"{error} {edition(catalog)}") from None
    if not exercises:
        raise CatalogError(f"The exercises of the pathway {pathway} are not written yet. {edition(catalog)}")
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder} is a file. Name a folder, new or old.")
    around = _workspace_around(folder, catalog)
    if around:
        raise WorkspaceError(
            f"{folder.resolve()} lies inside {around.name}, which holds your exercises already. "
            f"To add there what is missing: wardround start {pathway} {typed(around)}"
        )
    wanted: dict[Path, bytes] = {}
    for exercise in exercises:
        for name, content in handed_out(exercise).items():
            wanted[folder / exercise.name / name] = content
    first = exercises[0]
    files = ", ".join(f"`{name}`" for name in first.files)
    readme = README.format(pathway=pathway, first=first.name, files=files)
    wanted[folder / "README.md"] = readme.encode("utf-8")
    wanted[folder / "pytest.ini"] = PYTEST_INI.encode("utf-8")
    written, kept = _write(wanted)
    return Workspace(folder, exercises, tuple(written), tuple(kept), is_new=len(written) == len(wanted))


def handed_out(exercise: Exercise) -> dict[str, bytes]:
    """Return the files of an exercise as a learner gets them: name (with `/` for folders) -> content."""
    starter = exercise.folder / "starter"
    files = {source.name: source for source in (exercise.brief, exercise.checks)}
    files |= {source.relative_to(starter).as_posix(): source for source in _files_below(starter)}
    return {name: source.read_bytes() for name, source in files.items()}


@dataclass(frozen=True)
class Place:
    """A learner's folder that is there, and the exercises in it, in the catalog's order."""

    folder: Path
    exercises: tuple[Exercise, ...]
    inside: Exercise | None = None  # the exercise in whose folder one stands

    def home(self, exercise: Exercise) -> Path:
        """Return the folder of an exercise's answers."""
        return self.folder / exercise.name

    def get(self, given: str) -> Exercise:
        """Return an exercise by its id, its folder's name, a beginning of either, such as 2, or a path to it.

        Raises:
            WorkspaceError: there is none; the message suggests one, or lists them.
        """
        name = Path(given).resolve().name if given.strip("./\\") == "" else given.replace("\\", "/").strip("/")
        names = [exercise.name for exercise in self.exercises]
        head, _, last = name.rpartition("/")
        for exercise in self.exercises:
            if exercise.id == name or (exercise.name == last and head not in PATHWAYS):
                return exercise
        begun = only(name, [exercise.id for exercise in self.exercises]) or only(name, names)
        for exercise in self.exercises:
            if begun in (exercise.id, exercise.name):
                return exercise
        suggestion = did_you_mean(last, names) or f" It holds {listed(names)}."
        raise WorkspaceError(f"There is no exercise {given} in {self.folder.resolve()}.{suggestion}")

    def chosen(self, given: tuple[str, ...] | list[str]) -> tuple[Exercise, ...]:
        """Return the named exercises; without a name the one in which one stands, else all."""
        if given:
            return tuple(dict.fromkeys(self.get(name) for name in given))
        return (self.inside,) if self.inside else self.exercises


def find_place(folder: Path, catalog: Catalog) -> Place:
    """Return the learner's folder at or around `folder`; raise WorkspaceError if there is none."""
    here = folder.resolve()
    if not here.is_dir():
        raise WorkspaceError(f"There is no folder {folder}. Name the one that `wardround start` made.")
    for root in (here, *here.parents):
        found = tuple(e for e in catalog.exercises if (root / e.name / e.checks.name).is_file())
        if found and not (root.parent / MANIFEST).is_file():  # there stand the originals, which nobody answers in
            below = here.relative_to(root).parts
            inside = next((e for e in found if below and e.name == below[0]), None)
            return Place(root, found, inside)
    raise WorkspaceError(
        f"{here} holds no exercises. Go to the folder that `wardround start` made, or make one: "
        "wardround start software-engineer my-work"
    )


def is_workspace(folder: Path) -> bool:
    """Whether `wardround start` made this folder."""
    try:
        return (folder / "pytest.ini").read_bytes().startswith(MADE.encode())
    except OSError:
        return False


def edition(catalog: Catalog) -> str:
    """Say which pathways have exercises in this edition."""
    ready = [pathway for pathway in PATHWAYS if any(e.pathway == pathway for e in catalog.exercises)]
    if not ready:
        return "In this edition, no pathway has exercises yet."
    rest = "; the others have none yet" if len(ready) < len(PATHWAYS) else ""
    return f"In this edition, {listed(ready)} {'has' if len(ready) == 1 else 'have'} exercises{rest}."


def _workspace_around(folder: Path, catalog: Catalog) -> Path | None:
    """Return the learner's folder in which `folder` lies, be it an exercise's own or one below; None if in none."""
    here = folder.resolve()
    for inner in (here, *here.parents):
        if any((inner / exercise.checks.name).is_file() for exercise in catalog.exercises):
            return inner.parent
        if inner != here and is_workspace(inner):
            return inner
    return None


def _files_below(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise WorkspaceError(f"{folder} is missing: the installation is not whole. Install the package again.")
    return sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)


def _write(wanted: dict[Path, bytes]) -> tuple[list[Path], list[Path]]:
    written, kept = [], []
    for path, content in wanted.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:  # "x": never over a file that is there, not even by accident
                stream.write(content)
            written.append(path)
        except FileExistsError:
            if path.parent.is_dir() and (not path.is_file() or path.read_bytes() != content):
                kept.append(path)
            elif not path.parent.is_dir():
                raise WorkspaceError(f"{path.parent} is a file. Move it away, or name another folder.") from None
        except NotADirectoryError:
            raise WorkspaceError(
                f"{path.parent} cannot be made: a file stands in its way. Name another folder."
            ) from None
        except OSError as error:
            reason = error.strerror or str(error)
            raise WorkspaceError(f"{path} cannot be written: {reason}. Name a folder that is yours to write.") from None
    return written, kept
