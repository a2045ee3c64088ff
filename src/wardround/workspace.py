"""A learner's folder: a pathway's exercises, copied so that `pytest` just works there. Nothing is overwritten."""

from dataclasses import dataclass
from pathlib import Path

from wardround.catalog import Catalog, CatalogError, Exercise

PYTEST_INI = """\
# Made by `wardround start`. It lets `pytest` work here and in each exercise's folder.
[pytest]
addopts = -q --import-mode=importlib -p no:cacheprovider
testpaths = .
"""

README = """\
# Your exercises: {pathway}

1. Open `{first}/README.md`: it says what to write and why it matters.
2. Edit the answer files beside it ({files}); each place to fill in says TODO.
3. Run `pytest` in that folder, as often as you like: it shows your points and one hint at a time.
4. When all is done, run `pytest --unseen 3`: the same checks on patients you have not seen.
5. `wardround start {pathway} .` adds what is new and overwrites nothing.
6. Everything here is synthetic: for learning, not for clinical use.
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


def start(pathway: str, folder: Path, catalog: Catalog) -> Workspace:
    """Copy a pathway's exercises into `folder`: briefs, checks and starters, one folder each.

    Files that are already there are kept as they are. Raises CatalogError for an unknown pathway or one without
    exercises yet, WorkspaceError if the folder cannot be written.
    """
    exercises = catalog.pathway(pathway)
    if not exercises:
        ready = sorted({exercise.pathway for exercise in catalog.exercises})
        others = f" There are some for {', '.join(ready)}." if ready else ""
        raise CatalogError(f"The exercises of the pathway {pathway} are not written yet.{others}")
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder} is a file. Name a folder, new or old.")
    wanted: dict[Path, bytes] = {}
    for exercise in exercises:
        target = folder / exercise.name
        for source in (exercise.brief, exercise.checks):
            wanted[target / source.name] = source.read_bytes()
        for source in _files_below(exercise.folder / "starter"):
            wanted[target / source.relative_to(exercise.folder / "starter")] = source.read_bytes()
    first = exercises[0]
    files = ", ".join(f"`{name}`" for name in first.files)
    readme = README.format(pathway=pathway, first=first.name, files=files)
    wanted[folder / "README.md"] = readme.encode("utf-8")
    wanted[folder / "pytest.ini"] = PYTEST_INI.encode("utf-8")
    written, kept = _write(wanted)
    return Workspace(folder, exercises, tuple(written), tuple(kept))


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
