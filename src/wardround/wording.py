"""Small pieces of plain English that error messages share."""

import os
import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

NEAR = 0.66  # of difflib's measure: dya is near to day (.67), death is not near to delay (.6)


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return ` Did you mean X?` when one of `names` is near to `name`, else nothing."""
    near = nearest(name, names)
    return f" Did you mean {near}?" if near else ""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that `name` most likely stands for, whatever its case; None when nothing is near."""
    by_fold = {other.casefold(): other for other in names}
    found = get_close_matches(name.casefold(), by_fold, n=1, cutoff=NEAR)
    return by_fold[found[0]] if found else None


def only(name: str, names: Iterable[str]) -> str | None:
    """Return `name` if it is one of `names`, else the only one of them that begins with it; None if none or several."""
    known = list(names)
    if name in known:
        return name
    begun = [other for other in known if name and other.startswith(name)]
    return begun[0] if len(begun) == 1 else None


def same_word(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that differs from `name` in case, spaces, hyphens and underscores at most."""
    known = list(names)
    if name in known:
        return name
    alike = [other for other in known if _fold(other) == _fold(name)]
    return alike[0] if len(alike) == 1 else None


def _fold(word: str) -> str:
    return re.sub(r"[\s_\u2010-\u2014-]+", "", word).casefold()


def listed(names: Iterable[object], last: str = "and") -> str:
    """Return `a, b and c`."""
    words = [str(name) for name in names]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else "none"


def counted(n: int, noun: str) -> str:
    """Return `1 stay`, `2 stays`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def from_here(path: Path) -> str:
    """Return a path as short as it can be said from the current folder; more than one step up, as it is."""
    try:
        short = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, or the current folder is gone
        return str(path)
    return str(path) if short.startswith(os.pardir + os.sep + os.pardir) else short


def typed(path: Path) -> str:
    """Return a path as one types it into a command here, in quotes if it holds a space."""
    short = from_here(path)
    return f'"{short}"' if " " in short else short
