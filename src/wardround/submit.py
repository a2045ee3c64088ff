"""`wardround submit`: answer files packed into one zip, with a warning for whatever looks unfinished."""

import ast
import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from wardround.atomic import write_bytes
from wardround.bundle import FILE_LIMIT, ExerciseEntry, FileEntry, Manifest, SelfReported, pack
from wardround.catalog import Exercise
from wardround.grading.choices import CHOICE_FILE
from wardround.runs import Run, RunError, recall
from wardround.wording import listed
from wardround.workspace import Place, WorkspaceError, handed_out


@dataclass(frozen=True)
class Submission:
    """What is handed in, and what somebody should know before they do."""

    manifest: Manifest
    contents: dict[str, bytes]  # name in the zip -> content
    warnings: tuple[str, ...]


def gather(place: Place, exercises: tuple[Exercise, ...]) -> Submission:
    """Read the exercises' answer files; raise WorkspaceError if none is there, or one is far too large."""
    entries: list[ExerciseEntry] = []
    contents: dict[str, bytes] = {}
    warnings: list[str] = []
    for exercise in exercises:
        home = place.home(exercise)
        files = _read(home, exercise)
        missing = tuple(name for name in exercise.files if name not in files)
        run, fault = _last_run(exercise, home, files)
        warnings += [f"{exercise.name}/{name} is missing: it is not handed in." for name in missing]
        for name, content in files.items():
            warnings += [f"{exercise.name}/{name} {said}" for said in _unfinished(exercise, home, name, content)]
        if fault:
            warnings.append(f"{exercise.name}: {fault}")
        if files:
            entries.append(
                ExerciseEntry(
                    id=exercise.id,
                    files=tuple(FileEntry(name=n, sha256=hashlib.sha256(c).hexdigest()) for n, c in files.items()),
                    missing=missing,
                    self_reported=run,
                )
            )
            contents |= {f"{exercise.id}/{name}": content for name, content in files.items()}
    if not entries:
        names = listed(f"{e.name}/{name}" for e in exercises for name in e.files)
        raise WorkspaceError(f"There is nothing to hand in: {names} are missing.")
    version, now = metadata.version("wardround"), datetime.now(UTC).replace(microsecond=0)
    return Submission(Manifest(wardround=version, created=now, exercises=tuple(entries)), contents, tuple(warnings))


def check_target(out: Path) -> None:
    """Raise WorkspaceError unless a zip can be written to `out`."""
    if out.suffix.lower() != ".zip":
        raise WorkspaceError(f"--out {out}: name a file that ends in .zip.")
    if out.is_dir():
        raise WorkspaceError(f"--out {out} is a folder. Name a file that ends in .zip.")
    if not out.parent.is_dir():
        raise WorkspaceError(f"--out {out}: there is no folder {out.parent}. Make it, or name another.")


def write(submission: Submission, out: Path) -> int:
    """Write the zip, whole or not at all, and return its size in bytes; raise WorkspaceError if that fails."""
    content = pack(submission.manifest, submission.contents)
    try:
        write_bytes(out, content)
    except OSError as error:
        raise WorkspaceError(f"{out} cannot be written: {error.strerror or error}. Name another file.") from None
    return len(content)


def _read(home: Path, exercise: Exercise) -> dict[str, bytes]:
    files = {}
    for name in exercise.files:
        path = home / name
        try:
            if path.stat().st_size > FILE_LIMIT:
                raise WorkspaceError(
                    f"{exercise.name}/{name} is {path.stat().st_size / 1e6:.1f} MB large; an answer file is text of at "
                    f"most {FILE_LIMIT // 1_000_000} MB. Shorten it, then hand in."
                )
            files[name] = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            continue
        except OSError as error:
            raise WorkspaceError(f"{exercise.name}/{name} cannot be read: {error.strerror or error}.") from None
    return files


def _last_run(exercise: Exercise, home: Path, files: dict[str, bytes]) -> tuple[SelfReported | None, str]:
    """Return the last run for the manifest, and what is amiss with it."""
    run: Run | None = None
    try:
        run = recall(exercise, home)
    except RunError as error:
        return None, str(error)
    if run is None:
        return None, "its checks were never run here. Run `pytest` first."
    same = run.files == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    reported = SelfReported(
        points=run.points, max_points=run.max_points, seeds=run.seeds, when=run.when, of_these_files=same
    )
    if not same:
        return reported, f"it was edited after its last run ({run.points} of {run.max_points} points). Run `pytest`."
    lacking = "" if run.is_full else f"the last run had {run.points} of {run.max_points} points."
    return reported, lacking


def _unfinished(exercise: Exercise, home: Path, name: str, content: bytes) -> Iterator[str]:
    if content == handed_out(exercise).get(name):
        if name == CHOICE_FILE or CHOICE_FILE not in exercise.files:  # what was not chosen may stay as it was
            yield "is as it was handed out: nothing is written in it."
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield "is not UTF-8 text. Save it as UTF-8."
        return
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"\bTODO\b|raise NotImplementedError", line):
            yield f"still has a TODO in line {number}."
            break
    if name.endswith(".py"):
        beside = {path.stem for path in home.glob("*.py") if path.name not in exercise.files}
        left_out = sorted(beside & set(_imported(text)))
        if left_out:
            yield f"imports {left_out[0]}.py, which is not handed in. Move that code into {name}."


def _imported(text: str) -> Iterator[str]:
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                yield from (alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]
