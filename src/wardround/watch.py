"""`wardround watch`: an exercise's checks, run again whenever one of its files is saved with something new in it."""

import hashlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from wardround.catalog import Exercise
from wardround.workspace import Place

SOURCES = {".py", ".yaml", ".yml", ".md", ".sql"}
SETTLE = 300  # ms: an editor's several writes of one save are one change
LOOK = 250  # ms between looks at whether the run has ended
LAST_WORD = 3.0  # seconds that a stopped run has to end by itself
Say = Callable[[str], None]


class Watch:
    """Which files an exercise's answers are made of, what they held last, and the one run that is under way."""

    def __init__(self, place: Place, exercises: Iterable[Exercise], unseen: int, say: Say) -> None:
        self.homes = {exercise: place.home(exercise) for exercise in exercises}
        self.unseen = unseen
        self.say = say
        self.running: subprocess.Popen[bytes] | None = None
        self.seen = {exercise: self._contents(exercise) for exercise in self.homes}

    def changed(self) -> tuple[Exercise, ...]:
        """Return the exercises whose files hold something else than at the last look.

        Contents are compared: what only touches a file, as a cloud folder does, or writes the same again, runs nothing.
        """
        now = {exercise: self._contents(exercise) for exercise in self.homes}
        changed = tuple(exercise for exercise in self.homes if now[exercise] != self.seen[exercise])
        self.seen = now
        return changed

    def run(self, exercises: Iterable[Exercise]) -> None:
        """Check these exercises; a run that is still under way is stopped first."""
        names = list(exercises)
        if not names:
            return
        stopped = self.stop()
        clock = datetime.now().astimezone().strftime("%H:%M:%S")
        again = " (the run before was stopped)" if stopped else ""
        self.say(f"\n{clock}  {', '.join(exercise.name for exercise in names)}{again}")
        unseen = ["--unseen", str(self.unseen)] if self.unseen else []
        command = [sys.executable, "-m", "pytest", *unseen, *(str(self.homes[exercise]) for exercise in names)]
        self.running = subprocess.Popen(  # noqa: S603  (our own Python, on the learner's own folder)
            command, stdin=subprocess.DEVNULL, cwd=_root(self.homes), **_apart()
        )

    def look(self) -> None:
        """Say so when a run has ended."""
        if self.running is not None and self.running.poll() is not None:
            self.running = None
            self.say("\nWatching. Save a file to check it again; Ctrl-C ends.")

    def stop(self) -> bool:
        """End a run that is under way, and whatever it has started; return whether there was one."""
        process, self.running = self.running, None
        if process is None or process.poll() is not None:
            return False
        _end(process, force=False)
        try:
            process.wait(LAST_WORD)
        except subprocess.TimeoutExpired:
            _end(process, force=True)
            process.wait()
        return True

    def _contents(self, exercise: Exercise) -> dict[str, str]:
        found = {}
        for path in self.homes[exercise].rglob("*"):
            if is_source(path):
                with suppress(OSError):  # gone, or not yet there whole
                    found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest()
        return found


def is_source(path: Path) -> bool:
    """Whether a file may be part of an answer; hidden ones and Python's own are not."""
    return path.suffix in SOURCES and not any(part.startswith((".", "__pycache__")) for part in path.parts[-2:])


def watch(place: Place, exercises: tuple[Exercise, ...], unseen: int, say: Say) -> None:
    """Check one exercise at once, and each whenever it is saved, until Ctrl-C."""
    import watchfiles

    task = Watch(place, exercises, unseen, say)
    names = ", ".join(exercise.name for exercise in exercises)
    say(f"Watching {names}. Save a file to check it; Ctrl-C ends.")
    try:
        if len(exercises) == 1:
            task.run(exercises)
        changes = watchfiles.watch(
            *task.homes.values(),
            watch_filter=lambda _change, path: is_source(Path(path)),
            debounce=SETTLE,
            rust_timeout=LOOK,
            yield_on_timeout=True,
        )
        for change in changes:
            if change:
                task.run(task.changed())
            task.look()
    except KeyboardInterrupt:
        pass
    finally:
        task.stop()
    say("\nEnded.")


def _root(homes: dict[Exercise, Path]) -> Path:
    return next(iter(homes.values())).parent


def _apart() -> dict[str, Any]:
    """Return what starts a run as a group of its own: Ctrl-C ends the watch, and the watch ends the whole group."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True}


def _end(process: "subprocess.Popen[bytes]", *, force: bool) -> None:
    if sys.platform == "win32":
        # Windows has no signal for a group; /T ends the tree below the process as well.
        tree = ["taskkill", "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, capture_output=True, check=False)  # noqa: S603
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL if force else signal.SIGTERM)
