"""Small pieces of plain English that error messages share."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return ` Did you mean X?` when one of `names` is near to `name`, else nothing."""
    near = nearest(name, names)
    return f" Did you mean {near}?" if near else ""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of `names` that `name` most likely stands for, whatever its case; None when nothing is near."""
    by_fold = {other.casefold(): other for other in names}
    found = get_close_matches(name.casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def listed(names: Iterable[object]) -> str:
    """Return `a, b and c`."""
    words = [str(name) for name in names]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else "none"


def counted(n: int, noun: str) -> str:
    """Return `1 stay`, `2 stays`."""
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"
