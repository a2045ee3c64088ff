"""`wardround reset`: an exercise as it was handed out, and a dated copy of what was there."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wardround.atomic import write_bytes
from wardround.catalog import Exercise
from wardround.wording import did_you_mean, from_here, listed
from wardround.workspace import OWN, Place, WorkspaceError, handed_out


@dataclass(frozen=True)
class Reset:
    """What a reset will do, or has done."""

    exercise: Exercise
    home: Path
    contents: dict[str, bytes]  # file -> what it held when it was handed out; only files that differ, or are gone
    copies: Path  # where the learner's own versions are kept

    @property
    def kept(self) -> tuple[str, ...]:
        """The files of which there is something to keep."""
        return tuple(name for name in self.contents if (self.home / name).exists())


def plan(place: Place, exercise: Exercise, file: str | None = None) -> Reset:
    """Find what differs from the exercise as it was handed out; raise WorkspaceError for a file that is not its own."""
    home = place.home(exercise)
    wanted = handed_out(exercise)
    if file is not None:
        if file not in wanted:
            found = did_you_mean(file, wanted) or f" It has {listed(wanted)}."
            raise WorkspaceError(f"{exercise.name} has no file {file} of its own.{found}")
        wanted = {file: wanted[file]}
    folder = home.parent / OWN / "kept" / datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    return Reset(exercise, home, {n: c for n, c in wanted.items() if not _is(home / n, c)}, folder / exercise.name)


def carry_out(reset: Reset) -> None:
    """Copy, then restore; raise WorkspaceError, with nothing lost, if a file cannot be written."""
    for name in reset.contents:
        if (reset.home / name).is_dir():
            raise WorkspaceError(f"{from_here(reset.home / name)} is a folder. Move it away, then reset again.")
    try:
        for name in reset.kept:
            target = reset.copies / name
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                raise WorkspaceError(f"{from_here(target)} is there already. Wait a second, then reset again.")
            shutil.copy2(reset.home / name, target)
    except OSError as error:
        raise WorkspaceError(
            f"Nothing was reset: no copy of your files could be made in {from_here(reset.copies)} "
            f"({error.strerror or error}). Make room there, or copy them yourself."
        ) from None
    for name, content in reset.contents.items():
        path = reset.home / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, content)
        except OSError as error:
            raise WorkspaceError(
                f"{from_here(path)} could not be written: {error.strerror or error}. Close the program that holds it, "
                f"then reset again. Copies of your files are in {from_here(reset.copies)}."
            ) from None


def _is(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False
