"""What pytest loads in every run of the environment: five options, and one look for `@graded` functions.

It imports nothing but pytest, and does nothing more until a graded check is collected: everybody else's runs stay as
they were.
"""

from collections.abc import Generator
from types import FunctionType
from typing import TYPE_CHECKING, cast

import pytest

if TYPE_CHECKING:
    from wardround.grading.session import Grader

SESSION = "wardround-session"


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(parser: pytest.Parser) -> Generator[None]:
    """Add our options after every other plugin and conftest has added theirs: a taken name stays with its owner."""
    yield
    groups = [parser._anonymous, *parser._groups]
    taken = {name for group in groups for option in group.options for name in option.names()}
    group = parser.getgroup("wardround", "wardround: graded exercises")
    for name, settings in _OPTIONS.items():
        if name not in taken:
            group.addoption(name, dest=f"wardround_{name.strip('-')}", **settings)


_OPTIONS: dict[str, dict[str, object]] = {
    "--submission": {"metavar": "DIR", "help": "folder of the answer files (default: where the check file is)"},
    "--seed": {
        "metavar": "N",
        "type": int,
        "action": "append",
        "help": "seed of the virtual hospital (default: the practice seed 1); repeat it for several",
    },
    "--unseen": {"metavar": "N", "type": int, "default": 0, "help": "also check on N seeds drawn at random"},
    "--scorecard": {"metavar": "FILE", "help": "write the scorecard as JSON"},
    "--report": {"metavar": "FILE.html", "help": "write the scorecard with its pictures as a page for the browser"},
}


def pytest_configure(config: pytest.Config) -> None:
    """Tell of a wrong option before anything is collected."""
    if any(vars(config.option).get(f"wardround_{name.strip('-')}") for name in _OPTIONS):
        from wardround.grading.options import read_options

        read_options(config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Where a check file needs an extra that is not installed, keep a sentence for the card, and let others run."""
    report = yield
    if report.failed and isinstance(collector, pytest.Module):
        call = getattr(report, "call", None)
        error = getattr(getattr(call, "excinfo", None), "value", None)
        cause = getattr(error, "__cause__", None) or error
        if isinstance(cause, ModuleNotFoundError) and b"wardround.grading" in collector.path.read_bytes():
            from wardround.extras import EXTRA_OF, install

            extra = EXTRA_OF.get(str(cause.name).partition(".")[0])
            if extra:
                grader = _grader(collector.config)
                grader.unready[collector.path] = f"It needs packages that are not installed: `{install([extra])}`"
                report.outcome, report.longrepr, report.result = "passed", None, []
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, obj: object) -> None:
    """Bring in the grader when the first graded check comes along."""
    if isinstance(obj, FunctionType) and "__wardround__" in vars(obj):
        _grader(collector.config)


def _grader(config: pytest.Config) -> "Grader":
    manager = config.pluginmanager
    if not manager.has_plugin(SESSION):
        from wardround.grading.session import Grader

        manager.register(Grader(config), SESSION)
    return cast("Grader", manager.get_plugin(SESSION))
