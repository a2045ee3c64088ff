"""The last whole run of each exercise, remembered in the learner's folder: `.wardround/<exercise>.json`.

It is a memory, not proof: whoever grades runs the checks again. A digest in the file tells that it was changed or
damaged, so that nobody is misled by half of it.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from wardround.atomic import write_bytes
from wardround.catalog import Exercise
from wardround.wording import from_here
from wardround.workspace import OWN, is_workspace

LIMIT = 200_000  # bytes of one file; a run takes about two thousand


class RunError(Exception):
    """A remembered run cannot be used; the text says why, and what brings it back."""


class CheckRun(BaseModel):
    """How one check ended."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    points: int
    max_points: int
    outcome: str


class Run(BaseModel):
    """One whole run of an exercise's checks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    when: datetime
    seeds: tuple[int, ...]
    unseen: tuple[int, ...]  # those of the seeds that were drawn at random
    checks: tuple[CheckRun, ...]
    files: dict[str, str]  # answer file -> SHA-256 of what was graded
    proved: bool = False  # these very files had full points on unseen seeds (if there are any), now or earlier

    @property
    def points(self) -> int:
        """The points earned."""
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> int:
        """The points there were to earn."""
        return sum(check.max_points for check in self.checks)

    @property
    def is_full(self) -> bool:
        """Whether no point is missing."""
        return self.points == self.max_points

    @property
    def next_check(self) -> CheckRun | None:
        """The first check that is not done."""
        return next((check for check in self.checks if check.outcome != "done"), None)


def remember(
    exercise: Exercise,
    home: Path,
    files: dict[str, str],
    *,
    seeds: tuple[int, ...],
    unseen: tuple[int, ...],
    checks: Iterable[dict[str, Any]],
) -> None:
    """Keep a whole run of the answers in `home`, an exercise's folder in a learner's folder; elsewhere do nothing.

    Whatever hinders it (a full disk, a folder that cannot be written) hinders nothing else: the card was shown.

    Args:
        exercise: What was run.
        home: Where the answers lie.
        files: The answers' digests from before the run, since a file may be saved while its checks run.
        seeds: All seeds of the run; none if no check is about the patients of a seed.
        unseen: Those of them that were drawn at random.
        checks: How each check ended, by the scorecard's names; what a run does not keep is passed over.
    """
    if home.name != exercise.name or not is_workspace(home.parent):
        return
    before = None
    with suppress(RunError):
        before = recall(exercise, home)
    entries = tuple(CheckRun(**{key: check[key] for key in CheckRun.model_fields}) for check in checks)
    run = Run(exercise=exercise.id, when=datetime.now(UTC), seeds=seeds, unseen=unseen, checks=entries, files=files)
    earlier = bool(before and before.proved and before.files == files and not unseen)
    proved = earlier or (run.is_full and bool(unseen or not seeds))
    body = run.model_copy(update={"proved": proved}).model_dump(mode="json")
    text = json.dumps({"run": body, "digest": _digest(body)}, indent=1, ensure_ascii=False) + "\n"
    with suppress(OSError):
        path = _path(exercise, home)
        path.parent.mkdir(exist_ok=True)
        write_bytes(path, text.encode("utf-8"))


def recall(exercise: Exercise, home: Path) -> Run | None:
    """Return the last whole run of an exercise; None if there was none; raise RunError if its file is not whole."""
    path = _path(exercise, home)
    remedy = "It is left out; running the checks writes a new one."
    try:
        if path.stat().st_size > LIMIT:
            raise RunError(f"{from_here(path)} is far too large for a run. {remedy}")
        data = json.loads(path.read_text(encoding="utf-8"))
        run = Run.model_validate(data["run"])
        whole = data["digest"] == _digest(data["run"]) and run.exercise == exercise.id and bool(run.checks)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise RunError(f"{from_here(path)} cannot be read: {error.strerror}. {remedy}") from None
    except (ValueError, ValidationError, KeyError, TypeError, RecursionError):
        raise RunError(f"{from_here(path)} is damaged. {remedy}") from None
    if not whole:
        raise RunError(f"{from_here(path)} was changed after the run. {remedy}")
    return run


def digests(home: Path, files: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each answer file that can be read."""
    found = {}
    for name in files:
        with suppress(OSError):
            found[name] = hashlib.sha256((home / name).read_bytes()).hexdigest()
    return found


def _path(exercise: Exercise, home: Path) -> Path:
    return home.parent / OWN / f"{exercise.name}.json"


def _digest(body: object) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
