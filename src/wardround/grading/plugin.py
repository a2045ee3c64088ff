"""What pytest loads in every run of the environment: four options, and one look for `@graded` functions.

It imports nothing but pytest, and does nothing more until a graded check is collected: everybody else's runs stay as
they were.
"""

from collections.abc import Generator
from types import FunctionType

import pytest

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
}


def pytest_configure(config: pytest.Config) -> None:
    """Tell of a wrong option before anything is collected."""
    if any(vars(config.option).get(f"wardround_{name.strip('-')}") for name in _OPTIONS):
        from wardround.grading.options import read_options

        read_options(config)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, obj: object) -> None:
    """Bring in the grader when the first graded check comes along."""
    if isinstance(obj, FunctionType) and "__wardround__" in vars(obj):
        manager = collector.config.pluginmanager
        if not manager.has_plugin(SESSION):
            from wardround.grading.session import Grader

            manager.register(Grader(collector.config), SESSION)
