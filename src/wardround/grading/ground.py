"""What every check rests on, remembered before any code of a learner's runs: a replacement of it is found and undone.

`guard.World` looks after each call at what everybody knows; this looks after each check at every function, class and
method of pandas, NumPy, scikit-learn, the package itself and the check files.
"""

import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

PACKAGES = {"numpy", "pandas", "sklearn", "wardround"}
OWN_WAYS = {"pandas.core.computation.expressions"}  # replaces its own functions when an option is set


class Ground:
    """The functions, classes and methods of some modules, as they were."""

    def __init__(self, checks: Iterable[ModuleType]) -> None:
        """Remember what is loaded now; `checks` are the modules of the check files."""
        self._modules = {
            name: module
            for name, module in list(sys.modules.items())
            if name.partition(".")[0] in PACKAGES and isinstance(module, ModuleType)
        }
        owners: dict[int, Any] = {id(module): module for module in checks}
        owners |= {id(module): module for name, module in self._modules.items() if name not in OWN_WAYS}
        for module in list(owners.values()):
            for value in list(vars(module).values()):
                if isinstance(value, type) and str(value.__module__).partition(".")[0] in PACKAGES:
                    owners[id(value)] = value
        self._before = [(owner, _bearing(owner)) for owner in owners.values()]

    def restore(self) -> list[str]:
        """Put back what was replaced, and return the names."""
        replaced = [name for name, module in self._modules.items() if sys.modules.get(name) is not module]
        sys.modules.update(self._modules)
        for owner, before in self._before:
            now = vars(owner)
            for name, value in before.items():
                if now.get(name, self) is not value:
                    setattr(owner, name, value)
                    replaced.append(f"{owner.__name__}.{name}")
        return sorted(replaced)


def _bearing(owner: Any) -> dict[str, Any]:
    kinds = (property, staticmethod, classmethod)
    return {name: value for name, value in vars(owner).items() if callable(value) or isinstance(value, kinds)}
