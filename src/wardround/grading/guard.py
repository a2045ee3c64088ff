"""What stands around every call into a learner's code: a time limit, a bounded printout, the world put back after."""

import builtins
import ctypes
import io
import math
import operator
import os
import pdb
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pandas as pd

PATIENCE = 6  # how much longer than its limit a call may take that waits, or that a busy computer lets wait
KEPT_OUTPUT = 20_000  # characters of a learner's prints that are kept; the rest is counted, not held


class TimeUp(BaseException):
    """The call has run longer than allowed. No Exception: a learner's `except Exception` must not keep it alive."""


class Stopped(BaseException):
    """The code called for a debugger, which would wait for an answer that nobody can see it ask for."""


class Ended(BaseException):
    """The code called for the end of the whole program, which no `except` of ours would have lived to see."""


def _no_debugger(*_args: Any, **_named: Any) -> None:
    raise Stopped


class Printed(io.TextIOBase):
    """A stand-in for stdout and stderr that keeps the first characters and forgets the rest."""

    encoding = "utf-8"

    def __init__(self, echo: Any = None) -> None:
        self.kept: list[str] = []
        self.room = KEPT_OUTPUT
        self.echo = echo
        self.buffer = _Bytes(self)

    def write(self, text: str) -> int:
        if self.room > 0:
            part = text[: self.room]
            self.kept.append(part)
            self.room -= len(part)
            if self.echo is not None:
                self.echo.write(part)
        return len(text)

    def writable(self) -> bool:
        return True

    @property
    def text(self) -> str:
        return "".join(self.kept)


class _Bytes(io.RawIOBase):
    def __init__(self, printed: Printed) -> None:
        self.printed = printed

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.printed.write(bytes(data[:KEPT_OUTPUT]).decode("utf-8", "replace"))
        return len(data)


class Interrupted:
    """Tells a real Ctrl-C from a KeyboardInterrupt that the learner's code raises itself."""

    def __init__(self) -> None:
        self.pressed = False


@contextmanager
def guarded(folder: Path, printed: Printed) -> Iterator[Interrupted]:
    """Run a block of a learner's code in `folder`, and put the world back after it.

    Prints go to `printed`; the working directory, sys.path, sys.argv, the recursion limit, warnings, NumPy's error
    state and Ctrl-C's handler are restored. A call for the debugger raises Stopped, one that ends the process Ended.
    """
    interrupted = Interrupted()
    streams, cwd, path, argv = (sys.stdout, sys.stderr), _cwd(), list(sys.path), sys.argv
    recursion = sys.getrecursionlimit()
    debuggers, stdin = (sys.breakpointhook, pdb.set_trace), sys.stdin
    ends, process = (os._exit, os.abort), os.getpid()

    def end(code: int = 1) -> None:
        if os.getpid() != process:  # a worker process that the code has started may end
            ends[0](code)
        raise Ended

    sys.breakpointhook, pdb.set_trace = _no_debugger, _no_debugger
    sys.stdout = sys.stderr = printed
    sys.stdin = io.StringIO()  # nobody is there to type
    os._exit, os.abort = end, end  # type: ignore[assignment]
    sys.path.insert(0, str(folder))
    sys.argv = [""]
    try:
        os.chdir(folder)
        with np.errstate(), warnings.catch_warnings(), _ctrl_c(interrupted):
            warnings.simplefilter("ignore")
            yield interrupted
    finally:
        if os.getpid() != process:  # the code has forked, and this copy of the grader must not grade on
            ends[0](1)
        sys.stdout, sys.stderr = streams
        sys.stdin = stdin
        os._exit, os.abort = ends
        sys.path[:], sys.argv = path, argv
        sys.setrecursionlimit(recursion)
        sys.breakpointhook, pdb.set_trace = debuggers
        if cwd is not None:
            os.chdir(cwd)


def _cwd() -> Path | None:
    try:
        return Path.cwd()
    except OSError:  # the folder was deleted under us
        return None


@contextmanager
def _ctrl_c(interrupted: Interrupted) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def note(_number: int, _frame: FrameType | None) -> None:
        interrupted.pressed = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before if before is not None else signal.default_int_handler)


def call_within(seconds: float, action: Callable[[], Any]) -> Any:
    """Return what `action` returns; raise TimeUp in it after `seconds`, and again, lest an `except:` swallows it.

    Seconds are the calling thread's own processor time where the system tells it, so that a busy computer fails nobody;
    what waits instead of working is stopped after PATIENCE times as long. A single call into compiled code is only
    stopped when it returns to Python.
    """
    main = threading.current_thread() is threading.main_thread()
    clock = Clock(seconds)
    with _by_signal(clock) if main and hasattr(signal, "setitimer") else _by_thread(clock):
        return _inside(action)


class Clock:
    """Tells whether the thread that made it has used up its time."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._wall = time.monotonic()
        self._clock: int | None = None
        if hasattr(time, "pthread_getcpuclockid"):  # not on Windows: there, the clock on the wall must do
            self._clock = time.pthread_getcpuclockid(threading.get_ident())
            self._cpu = time.clock_gettime(self._clock)

    def is_up(self) -> bool:
        """Whether the time is used up."""
        wall = time.monotonic() - self._wall
        if self._clock is None:
            return wall >= self.seconds
        return wall >= PATIENCE * self.seconds or time.clock_gettime(self._clock) - self._cpu >= self.seconds


def _inside(action: Callable[[], Any]) -> Any:
    """Its frame tells that the learner's code still runs: TimeUp is raised only then, never in the clean-up.

    A trace that the code has set ends here as well, or it would go on in ours, where no time limit reaches it.
    """
    trace, profile = sys.gettrace(), sys.getprofile()
    try:
        return action()
    finally:
        sys.settrace(trace)
        sys.setprofile(profile)


def _is_inside(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code is _inside.__code__:
            return True
        frame = frame.f_back
    return False


@contextmanager
def _by_signal(clock: Clock) -> Iterator[None]:
    raised = 0

    def stop(_number: int, frame: FrameType | None) -> None:
        nonlocal raised
        if clock.is_up() and _is_inside(frame):
            raised += 1
            if raised == 4:  # so often that one lands between the `except:` and the loop's next round
                signal.setitimer(signal.ITIMER_REAL, 0.0002, 0.0002)
            raise TimeUp

    began = time.monotonic()
    before = signal.signal(signal.SIGALRM, stop)
    left, interval = signal.setitimer(signal.ITIMER_REAL, clock.seconds, 0.2)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
        if left:  # somebody else's timer, such as pytest-timeout's, goes on where it was
            signal.setitimer(signal.ITIMER_REAL, max(left - (time.monotonic() - began), 0.001), interval)


@contextmanager
def _by_thread(clock: Clock) -> Iterator[None]:
    """For Windows, which has no setitimer: raise in the calling thread from another one."""
    target, done, lock = threading.get_ident(), threading.Event(), threading.Lock()

    def watch() -> None:
        wait, raised = clock.seconds, 0
        while not done.wait(wait):
            with lock:
                if clock.is_up() and not done.is_set() and _is_inside(sys._current_frames().get(target)):
                    _raise_in(target, TimeUp)
                    raised += 1
            wait = 0.2 if raised < 4 else 0.0005

    watcher = threading.Thread(target=watch, daemon=True, name="wardround time limit")
    watcher.start()
    try:
        yield
    finally:
        done.set()
        with lock:  # from here on the watcher raises nothing more
            _raise_in(target, None)
        watcher.join()


def _raise_in(thread: int, kind: type[BaseException] | None) -> None:
    exception = ctypes.py_object(kind) if kind else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), exception)


class World:
    """The functions that the checks rest on, remembered so that a replacement of one is found and undone."""

    def __init__(self) -> None:
        classes = {base for kind in (pd.DataFrame, pd.Series, pd.Index) for base in kind.__mro__ if base is not object}
        owners: tuple[Any, ...] = (builtins, math, random, np, np.random, pd, pd.testing, *classes)
        self._before = [(owner, dict(vars(owner))) for owner in owners]

    def restore(self) -> list[str]:
        """Put back what was replaced and return the names, such as `pandas.DataFrame.equals`."""
        replaced = []
        for owner, before in self._before:
            now = vars(owner)
            if [*now] == [*before] and all(map(operator.is_, now.values(), before.values())):
                continue  # as nearly always; a check may call thousands of times
            now = dict(now)
            for name, value in before.items():
                if now.get(name, self) is not value and not _changes_by_itself(owner, name):
                    setattr(owner, name, value)
                    replaced.append(f"{_owner_name(owner)}.{name}")
            for name in now.keys() - before.keys():
                if isinstance(owner, type) and any(name in vars(base) for base in owner.__mro__[1:]):
                    delattr(owner, name)  # it hid an inherited one
                    replaced.append(f"{_owner_name(owner)}.{name}")
        return sorted(replaced)


def _changes_by_itself(owner: Any, name: str) -> bool:
    return (owner is builtins and name == "_") or (name.startswith("__") and not callable(vars(owner).get(name)))


def _owner_name(owner: Any) -> str:
    return f"pandas.{owner.__name__}" if isinstance(owner, type) else str(owner.__name__)
