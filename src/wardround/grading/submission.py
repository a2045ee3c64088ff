"""The learner's code behind a border: `submission.features(...)` runs guarded, on copies of plain data."""

import importlib.util
import inspect
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from wardround.grading.explain import explain
from wardround.grading.faults import Verdict, WrongForm
from wardround.grading.guard import Printed, World, call_within, guarded
from wardround.grading.marks import CALL_SECONDS
from wardround.grading.plain import NotPlainError, copy_plain, type_name
from wardround.wording import counted, listed, nearest

LOAD_SECONDS = 30.0  # importing scikit-learn for the first time can take a slow computer that long
SOURCE_LIMIT = 1_000_000  # bytes of one answer file


class Answer:
    """One learner's folder: its modules are loaded once, each when it is first needed."""

    def __init__(self, folder: Path, files: tuple[str, ...], restore: str = "") -> None:
        """Args: the folder, the answer files' names, and a sentence on how to bring a lost file back."""
        self.folder = folder.resolve()
        self.files = files
        self.restore = restore
        self.modules = [Path(name).stem for name in files if name.endswith(".py")]
        self.world = World()
        self.used: set[str] = set()  # what the check that runs has asked for: `module.function` and file names
        self.unseen_prints = False  # whether the code printed something that pytest did not show
        self._loaded: dict[str, ModuleType | Verdict] = {}
        self._parked: dict[str, ModuleType] = {}

    def module(self, stem: str) -> ModuleType:
        """Return a loaded answer module; raise its verdict (the same each time) if it cannot be loaded."""
        if stem not in self._loaded:
            try:
                self._loaded[stem] = self._load(stem)
            except Verdict as verdict:
                self._loaded[stem] = verdict
        loaded = self._loaded[stem]
        if isinstance(loaded, Verdict):
            raise loaded.with_traceback(None)
        return loaded

    def path(self, name: str) -> Path:
        """Return an answer file's path; raise WrongForm if it is gone, empty or too large."""
        path = self.folder / name
        where = f"{self.folder.name}/{name}"
        if not path.is_file():
            near = nearest(name, self._strays(path.suffix))
            remedies = (f"Is it {near}? Then rename that." if near else "", self.restore)
            raise WrongForm(" ".join((f"{where} is missing.", *filter(None, remedies))))
        size = path.stat().st_size
        if size > SOURCE_LIMIT:
            raise WrongForm(f"{where} is {size / 1e6:.1f} MB large; an answer file is text of at most 1 MB.")
        content = path.read_bytes()
        if b"\0" in content:
            raise WrongForm(f"{where} is not a text file (it holds null bytes). Save it as plain UTF-8 text.")
        if not content.strip():
            first = "Delete it first." if self.restore else "Write what the brief asks for."
            raise WrongForm(f"{where} is empty. {first} {self.restore}".strip())
        return path

    def how_to_see_prints(self) -> str:
        """Return the command that shows what the code prints."""
        paths = [self.folder / f"{stem}.py" for stem in self.modules]
        by_itself = [path.name for path in paths if path.is_file() and b"__main__" in path.read_bytes()]
        return f"`python {by_itself[0]}` (or `pytest -s`)" if by_itself else "`pytest -s`"

    def _strays(self, suffix: str) -> list[str]:
        """Return the files that may be an answer under a wrong name; never the exercise's own files."""
        return [
            path.name
            for path in self.folder.glob("*")
            if path.is_file()
            and path.suffix in {suffix, ".txt", ".yml"}
            and path.name not in {*self.files, "README.md", "conftest.py"}
            and not path.name.startswith("test_")
        ]

    def _load(self, stem: str) -> ModuleType:
        path = self.path(f"{stem}.py")
        spec = importlib.util.spec_from_file_location(stem, path)
        if spec is None or spec.loader is None:
            raise WrongForm(f"{path.name} cannot be loaded as Python; give it a plain name that ends in .py.")
        module = importlib.util.module_from_spec(spec)
        loader = spec.loader
        self._activate()
        sys.modules[stem] = module
        self.run(f"Importing {path.name}", lambda: loader.exec_module(module), LOAD_SECONDS)
        return module

    def _activate(self) -> None:
        """Make this answer's modules the ones that `import` finds; another answer's may have the same names."""
        global _active  # noqa: PLW0603  (sys.modules is one for the whole process, and so is this)
        if _active is not self:
            if _active is not None:
                _active.close()
            sys.modules.update(self._parked)
            _active = self

    def close(self) -> None:
        """Take every module that came from this folder out of sys.modules."""
        global _active  # noqa: PLW0603
        inside = str(self.folder) + os.sep
        self._parked = {
            name: module
            for name, module in list(sys.modules.items())
            if str(getattr(module, "__file__", None) or "").startswith(inside)
        }
        for name in self._parked:
            del sys.modules[name]
        if _active is self:
            _active = None

    def run(self, call: str, action: Callable[[], Any], seconds: float) -> Any:
        """Run one piece of the learner's code and return its value as it is; raise a Verdict if it fails."""
        self._activate()
        printed = Printed(sys.stdout if _shown() else None)
        writing = sys.dont_write_bytecode
        sys.dont_write_bytecode = True
        verdict: Verdict | None = None
        value = None
        try:
            with guarded(self.folder, printed) as interrupted:
                value = call_within(seconds, action)
        except BaseException as error:  # SystemExit and its kin are the learner's as well
            # type(error): isinstance would also ask the error itself for its class, and a learner's may answer anything
            if issubclass(type(error), KeyboardInterrupt) and interrupted.pressed:
                raise
            verdict = explain(error, call, self.folder, seconds, printed)
        finally:
            sys.dont_write_bytecode = writing
        self.unseen_prints |= bool(printed.text.strip()) and printed.echo is None
        replaced = self.world.restore()
        if replaced:
            raise WrongForm(replacing(replaced))
        if verdict:
            raise verdict
        return value


def replacing(names: list[str]) -> str:
    """Say that code of the learner's replaced what the checks rest on."""
    return (
        f"Your code replaces {listed(names[:3])}, which the checks need as it is (it has been put back). "
        "Give your own function another name."
    )


_active: Answer | None = None


def _shown() -> bool:
    """Whether pytest runs with -s: then prints are shown as they come."""
    return sys.stdout is sys.__stdout__


class Submission:
    """What a check sees of an answer: functions by name, or by file and name when there are several Python files."""

    def __init__(self, answer: Answer, seconds: float = CALL_SECONDS) -> None:
        self._answer = answer
        self._seconds = seconds

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        modules = self._answer.modules
        if len(modules) == 1:
            return Function(self._answer, modules[0], name, self._seconds)
        if name not in modules:
            raise LookupError(f"a check asks for {name}, but the answer's modules are {listed(modules)}")
        return _Module(self._answer, name, self._seconds)


class _Module:
    def __init__(self, answer: Answer, stem: str, seconds: float) -> None:
        self._parts = (answer, stem, seconds)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        answer, stem, seconds = self._parts
        return Function(answer, stem, name, seconds)


class Function:
    """One function of the learner's; nothing of theirs runs before it is called."""

    def __init__(self, answer: Answer, stem: str, name: str, seconds: float) -> None:
        self._answer = answer
        self._stem = stem
        self._name = name
        self._seconds = seconds

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it with copies of the arguments; return a copy of the result, which must be plain data."""
        return self._call(args, kwargs)[0]

    def keeping_inputs(self, *args: Any, **kwargs: Any) -> tuple[Any, tuple[Any, ...]]:
        """Call it; return the result and the positional arguments as the call left them."""
        result, given = self._call(args, kwargs)
        after, _ = self._answer.run(f"{self._name}()", lambda: _try_copy(given), self._seconds)
        return result, after if after is not None else (None,) * len(given)

    def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, tuple[Any, ...]]:
        self._answer.used.add(f"{self._stem}.{self._name}")
        function = self._find()
        self._fits(function, args, kwargs)
        given, named = tuple(copy_plain(arg) for arg in args), {key: copy_plain(arg) for key, arg in kwargs.items()}
        call = f"{self._name}()"
        result = self._answer.run(call, lambda: function(*given, **named), self._seconds)
        # Copying touches objects of the learner's (a dataclass's property, say), so it is guarded as well.
        value, refused = self._answer.run(call, lambda: _try_copy(result), self._seconds)
        if inspect.iscoroutine(result):
            result.close()  # or Python warns that nobody awaited it
        if refused:
            raise WrongForm(f"{call} returned {refused}, which is not plain data. {_way_out(refused)}")
        return value, given

    def _find(self) -> Any:
        module = self._answer.module(self._stem)
        names = vars(module)
        if self._name not in names:
            own = [n for n, v in names.items() if callable(v) and getattr(v, "__module__", "") == module.__name__]
            near = nearest(self._name, own)
            remedy = f"It has {near}: rename it." if near else "The brief shows its signature."
            raise WrongForm(f"{self._stem}.py has no function {self._name}. {remedy}")
        function = names[self._name]
        if not callable(function):
            raise WrongForm(
                f"{self._name} in {self._stem}.py is {type_name(function)}, not a function. "
                "Define it with `def`, or give the value another name."
            )
        return function

    def _fits(self, function: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        try:
            signature = inspect.signature(function)
        except (TypeError, ValueError):
            return  # some builtins have none
        try:
            signature.bind(*args, **kwargs)
        except TypeError:
            takes, given = ", ".join(signature.parameters), counted(len(args) + len(kwargs), "argument")
            raise WrongForm(
                f"{self._name}({takes}) in {self._stem}.py does not take the {given} it is called with. "
                "Give it the parameters that the brief shows."
            ) from None


def _try_copy(value: Any) -> tuple[Any, str]:
    try:
        return copy_plain(value), ""
    except NotPlainError as error:
        return None, str(error)


def _way_out(refused: str) -> str:
    if "generator" in refused:
        return "Return the values themselves: use `return` instead of `yield`, or put list(...) around it."
    if "coroutine" in refused:
        return "Write `def` instead of `async def`."
    if refused == "a Mol":
        return "Write the molecule as text: Chem.MolToSmiles(molecule)."
    return "Return what the brief shows: a DataFrame, an array, a number, text, a list or a dict."
