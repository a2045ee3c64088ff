"""The extras of the package: what brings which module, and which of them are not installed."""

from collections.abc import Iterable
from importlib.util import find_spec

# What a package is imported as -> the extra that brings it.
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


def missing(extras: Iterable[str]) -> tuple[str, ...]:
    """Return those of some extras of which a module cannot be found; nothing is imported."""
    return tuple(
        extra for extra in extras if any(find_spec(name) is None for name, of in EXTRA_OF.items() if of == extra)
    )


def install(extras: Iterable[str]) -> str:
    """Return the command that installs extras, as every shell takes it."""
    return f'pip install "wardround[{",".join(extras)}]"'


def lacking(extras: Iterable[str]) -> str:
    """Return a sentence on the extras that are not installed; "" if none is missing."""
    names = missing(extras)
    return f"It needs packages that are not installed: `{install(names)}`" if names else ""
