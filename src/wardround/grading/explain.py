"""A learner's exception as one plain sentence, and the part of its traceback that is theirs."""

import linecache
import traceback
from pathlib import Path
from types import TracebackType

from wardround.grading.faults import NotYet, Verdict, Waiting
from wardround.grading.guard import Printed, TimeUp

FRAMES = 4  # the learner's own frames that are shown
MESSAGE = 300  # characters of an exception's message that are shown

# What a package is imported as -> the extra of ours that brings it.
EXTRA_OF = {
    "fhir": "fhir",
    "pydicom": "imaging",
    "fastapi": "api",
    "httpx": "api",
    "starlette": "api",
    "causaldata": "rwe",
    "rdkit": "chem",
    "matplotlib": "plots",
}


def explain(error: BaseException, call: str, folder: Path, seconds: float, printed: Printed) -> Verdict:
    """Turn what a learner's code raised into a verdict.

    Args:
        error: The exception, with its traceback.
        call: What we did, such as `features(...)` or `importing readmission.py`.
        folder: The learner's folder; frames of files in it are theirs.
        seconds: The time limit that applied.
        printed: What the code printed.
    """
    frames = own_frames(error.__traceback__, folder)
    place = f" at {frames[-1].filename_shown}, line {frames[-1].lineno}" if frames else ""
    trace = tuple(line for frame in frames[-FRAMES:] for line in frame.lines())
    text = printed.text
    if isinstance(error, NotImplementedError) and frames:
        return Waiting(_message(error) or f"{call} is not written yet")
    if isinstance(error, TimeUp):
        return NotYet(
            f"{call} was stopped after {seconds:g} s{place}. "
            "Look there for a loop that never ends, or for row-by-row work that pandas can do on whole columns.",
            trace,
            text,
        )
    if isinstance(error, SyntaxError) and Path(error.filename or "").is_relative_to(folder):
        return NotYet(_syntax(error, folder), (), text)
    if isinstance(error, ModuleNotFoundError) and error.name:
        return NotYet(_missing_module(error, place), (), text)
    if isinstance(error, SystemExit):
        return NotYet(f"{call} ended the program with exit(){place}. Remove it: return a value instead.", trace, text)
    if isinstance(error, KeyboardInterrupt):
        return NotYet(f"{call} raised KeyboardInterrupt{place}. Remove it: return a value instead.", trace, text)
    if isinstance(error, RecursionError):
        return NotYet(
            f"{call} calls itself without end{place}. Give the recursion a case in which it stops.", trace[-8:], text
        )
    if isinstance(error, MemoryError):
        return NotYet(
            f"{call} asked for more memory than there is{place}. Work on fewer rows or columns at once.", trace
        )
    message = _message(error)
    said = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return NotYet(f"{call} raised {said}{'' if said.endswith(('.', '!', '?')) else '.'}", trace, text)


class Frame:
    """One line of the learner's own code on the way to the exception."""

    def __init__(self, path: Path, lineno: int, function: str, folder: Path) -> None:
        self.lineno = lineno
        self.filename_shown = path.relative_to(folder).as_posix()
        self.function = function
        self.source = linecache.getline(str(path), lineno).strip()[:120]

    def lines(self) -> list[str]:
        """Return the two lines a traceback shows for it."""
        where = "" if self.function == "<module>" else f", in {self.function}"
        head = f"{self.filename_shown}, line {self.lineno}{where}"
        return [head, f"    {self.source}"] if self.source else [head]


def own_frames(trace: TracebackType | None, folder: Path) -> list[Frame]:
    """Return the frames of a traceback that lie in the learner's folder, outermost first."""
    linecache.checkcache()
    frames = []
    for frame, lineno in traceback.walk_tb(trace):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(folder):
            frames.append(Frame(path, lineno, frame.f_code.co_name, folder))
    return frames


def _message(error: BaseException) -> str:
    try:
        text = str(error)
    except Exception:  # a learner's exception may have a broken __str__
        return ""
    text = " ".join(text.split())
    return text if len(text) <= MESSAGE else text[:MESSAGE] + " …"


def _syntax(error: SyntaxError, folder: Path) -> str:
    path = Path(error.filename or "?")
    name = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
    if "codec can't decode" in str(error.msg) or "Non-UTF-8" in str(error.msg):
        return f"{name} is not UTF-8 text ({error.msg}). Save it as UTF-8."
    line = (error.text or linecache.getline(str(path), error.lineno or 0)).strip()[:100]
    shown = f" `{line}`" if line else ""
    return (
        f"{name}, line {error.lineno}: Python cannot read{shown or ' it'}: {error.msg}. "
        "Mend that line or the one above."
    )


def _missing_module(error: ModuleNotFoundError, place: str) -> str:
    name = str(error.name)
    extra = EXTRA_OF.get(name.partition(".")[0])
    if extra:
        return (
            f"The package {name} is not installed; your code imports it{place}. "
            f'Install it: pip install "wardround[{extra}]"'
        )
    return (
        f"There is no module {name}, but your code imports it{place}. "
        "Mend the name, or do without it: the checks need only the packages that the brief names."
    )
