"""Faults of the career map: one sentence each, and one error that carries them all."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


MOST_SHOWN = 30  # one lost file can make hundreds; nobody reads more than a screen


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where it stands, which item it is in, and what to do about it."""

    file: str
    item: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return ": ".join(part for part in (place, self.item, self.message) if part)


class CareerMapError(ValueError):
    """The career map cannot be read, or does not hold what was asked for.

    ``faults`` holds every fault that was found, in the order of files and lines; it is empty for a failed look-up.
    """

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)

    @classmethod
    def of(cls, faults: Iterable[Fault]) -> CareerMapError:
        """One error for many faults: a headline, then one line a fault."""
        found = sorted(set(faults), key=lambda fault: (fault.file, fault.line or 0, fault.item, fault.message))
        headline = f"The career map has {len(found)} fault{'s' if len(found) != 1 else ''}:"
        rest = [f"… and {len(found) - MOST_SHOWN} more."] if len(found) > MOST_SHOWN else []
        return cls("\n".join([headline, *map(str, found[:MOST_SHOWN]), *rest]), found)


def did_you_mean(wrong: object, known: Iterable[str], label: str = "Known") -> str:
    """A sentence that helps someone who typed ``wrong``: the nearest known name, else a list of some of them."""
    names = list(dict.fromkeys(known))
    by_folded = {name.casefold(): name for name in names}
    near = get_close_matches(str(wrong).casefold(), by_folded, n=1, cutoff=0.6)
    if near:
        return f'did you mean "{by_folded[near[0]]}"?'
    if not names:
        return "none is defined yet."
    listed = ", ".join(sorted(names)[:12])
    return f"{label}: {listed}{', …' if len(names) > 12 else ''}."
