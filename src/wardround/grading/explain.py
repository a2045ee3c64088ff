"""A learner's exception as one plain sentence, and the part of its traceback that is theirs."""

import linecache
import re
import traceback
from itertools import pairwise
from pathlib import Path
from types import TracebackType

from wardround.extras import EXTRA_OF, install
from wardround.grading.faults import NotYet, Verdict, Waiting
from wardround.grading.guard import Ended, Printed, Stopped, TimeUp

FRAMES = 4  # the learner's own frames that are shown
MESSAGE = 300  # characters of an exception's message that are shown
_MISSING = re.compile(r"\bNaNs?\b|\bNA\b|non-finite|\bNaT\b")


def explain(error: BaseException, call: str, folder: Path, seconds: float, printed: Printed) -> Verdict:
    """Turn what a learner's code raised into a verdict, whatever that exception's own methods do when it is asked."""
    try:
        return _explained(error, call, folder, seconds, printed)
    except BaseException:  # an exception's attributes are the learner's code as well
        return NotYet(f"{call} raised an exception that cannot be shown. Raise one of Python's own.", hint="")


def _explained(error: BaseException, call: str, folder: Path, seconds: float, printed: Printed) -> Verdict:
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
    top = _call_at_top(frames)
    if isinstance(error, NotImplementedError) and frames and top is None:
        return Waiting(_message(error) or f"{call} is not written yet")
    sentence = _sentence(error, call, place, seconds, folder)
    hint = _hint_for(error)
    if top is not None:
        sentence += f" This was raised while the file was imported: {top.filename_shown}, line {top.lineno} calls it."
        hint = f'Keep `{top.source}` under `if __name__ == "__main__":`, so that importing the file runs nothing.'
    if isinstance(error, SyntaxError | ModuleNotFoundError | MemoryError):
        trace = ()  # the sentence names the line
    return NotYet(sentence, trace, printed.text, hint=hint)


def _sentence(error: BaseException, call: str, place: str, seconds: float, folder: Path) -> str:
    if isinstance(error, TimeUp):
        return (
            f"{call} was stopped after {seconds:g} s{place}. "
            "Look there for a loop that never ends, or for row-by-row work that pandas can do on whole columns."
        )
    if isinstance(error, SyntaxError) and Path(error.filename or "").is_relative_to(folder):
        return _syntax(error, folder)
    if isinstance(error, ModuleNotFoundError) and error.name:
        return _missing_module(error, place)
    if out_of_turn := _out_of_turn(error, call, place):
        return out_of_turn
    if isinstance(error, RecursionError):
        return f"{call} calls itself without end{place}. Give the recursion a case in which it stops."
    if isinstance(error, MemoryError):
        return f"{call} asked for more memory than there is{place}. Work on fewer rows or columns at once."
    message = _message(error)
    said = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return f"{call} raised {said}{'' if said.endswith(('.', '!', '?', '…')) else '.'}"


def _out_of_turn(error: BaseException, call: str, place: str) -> str:
    """Say what code does that is for whoever runs it: to end, interrupt, debug or ask; "" for anything else."""
    if isinstance(error, Ended):
        return f"{call} ended the whole program{place}. Remove it: return a value instead."
    if isinstance(error, SystemExit):
        return f"{call} ended the program with exit(){place}. Remove it: return a value instead."
    if isinstance(error, KeyboardInterrupt):
        return f"{call} raised KeyboardInterrupt{place}. Remove it: return a value instead."
    if isinstance(error, Stopped):
        return f"{call} stops for the debugger{place}, and nobody is there to answer it. Remove that line."
    if isinstance(error, EOFError) and "reading a line" in str(error):
        return f"{call} asks for input{place}, and nobody is there to type it. Take the value as a parameter."
    return ""


def _call_at_top(frames: "list[Frame]") -> "Frame | None":
    """Return the line outside of all functions that called the function which failed; None if there is no such line."""
    for caller, called in pairwise(frames):
        if caller.function == "<module>" and called.function != "<module>":
            return caller
    return None


def _hint_for(error: BaseException) -> str:
    """Return a hint that fits an exception; "" if none does: the check's own hint is about other faults."""
    text = _message(error)
    if isinstance(error, TypeError) and "bad operand type for unary ~: 'list'" in text:
        return "`~` turns a column or an array of True and False round, but no list: make it one, np.array(...)."
    if isinstance(error, TypeError) and "bad operand type for unary ~" in text:
        return (
            "`~` wants a column of True and False without gaps. shift() and merge() leave NaN where no row follows or "
            "matches: fill it first, such as .shift(fill_value=False)."
        )
    if isinstance(error, ZeroDivisionError):
        return (
            "Something is divided by 0, often by the size of a group in which nobody is. Decide what holds for such a "
            "group: often there is no answer (None or NaN); else leave it out, or make groups larger."
        )
    if isinstance(error, ValueError) and text == "math domain error":
        return "A number below 0 has no square root, and one that is not above 0 no logarithm: print it first."
    if isinstance(error, ValueError | TypeError) and _MISSING.search(text):
        return (
            "Some rows hold a missing value (NaN). Decide what it means there: such a row may have to be refused, or "
            "its gap be filled; sklearn.impute.SimpleImputer fills those of a model's table."
        )
    return ""


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
    if len(text) <= MESSAGE:
        return text
    whole = text[:MESSAGE].rfind(". ")  # scikit-learn's texts are long: keep whole sentences
    return text[: whole + 1] if whole > 0 else text[:MESSAGE] + " …"


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
        return f"The package {name} is not installed; your code imports it{place}. Install it: {install([extra])}"
    return (
        f"There is no module {name}, but your code imports it{place}. "
        "Mend the name, or do without it: the checks need only the packages that the brief names."
    )
