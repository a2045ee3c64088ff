"""Puts finished texts on disk: all or none, each whole, never over what is there unless asked."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from wardround.planner.faults import PlanError


def write(contents: Sequence[tuple[Path, bytes]], *, replace: bool) -> None:
    """Write each file, by way of a temporary one beside it. Raises PlanError, and then has changed nothing.

    Without `replace` a file that is there is a fault.
    """
    if len({path.resolve() for path, _ in contents}) < len(contents):
        raise PlanError(f"The plan and the calendar cannot both be {contents[0][0]}. Name two files.")
    for path, _ in contents:
        if path.is_dir():
            raise PlanError(f"{path} is a folder. Name a file in it, such as {path / 'plan.md'}.")
        if path.exists() and not replace:
            raise PlanError(
                f"{path} is there already and was left as it is. Name another file, or add --replace to write over it; "
                "your ticks and notes in it would be lost."
            )
        if not path.parent.is_dir():
            raise PlanError(f"The folder {path.parent} is not there. Make it first, or name another.")
    parts: dict[Path, Path] = {}
    try:
        for path, content in contents:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            parts[path] = Path(name)
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            parts[path].chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        for path, part in parts.items():
            part.replace(path)
    except OSError as error:
        raise PlanError(f"{path} cannot be written: {error.strerror or error}. Name a file elsewhere.") from None
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask
