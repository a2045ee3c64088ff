"""What a run of an exercise's checks came to: plain, frozen, and written as JSON for whoever collects results."""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wardround.atomic import write_bytes

if TYPE_CHECKING:
    from wardround.grading.pictures import Picture

Outcome = Literal["done", "not yet", "waiting"]


@dataclass(frozen=True)
class Result:
    """How one check ended on one seed."""

    outcome: Outcome
    message: str = ""
    trace: tuple[str, ...] = ()  # the learner's own frames
    printed: str = ""  # what their code printed, when it failed
    our_fault: bool = False
    hint: str | None = None  # in place of the check's own; "" for none
    uses: tuple[str, ...] = ()  # the parts of the answer it asked for: `module.function` and file names
    pictures: tuple["Picture", ...] = ()  # what the check showed, in its order


@dataclass(frozen=True)
class Check:
    """How one check ended on all seeds: done only if done on each, else as on the first seed that it was not."""

    id: str
    title: str
    points: int
    max_points: int
    outcome: Outcome
    message: str
    hint: str
    seed: int | None = None  # where the message comes from; None for a check that needs no hospital
    failed_on: tuple[int, ...] = ()
    trace: tuple[str, ...] = ()
    printed: str = ""
    our_fault: bool = False
    uses: tuple[str, ...] = ()
    pictures: tuple["Picture", ...] = ()  # of the seed that the message comes from; if done, of the first seed

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(replace(self, pictures=())) | {"pictures": [picture.as_json() for picture in self.pictures]}


@dataclass(frozen=True)
class Scorecard:
    """All checks of one exercise that were run."""

    exercise: str
    title: str
    seeds: tuple[int, ...]  # none if no check of the run asks for the patients of a seed
    checks: tuple[Check, ...]

    @property
    def points(self) -> int:
        """The points earned."""
        return sum(check.points for check in self.checks)

    @property
    def max_points(self) -> int:
        """The points that the checks which ran could have given."""
        return sum(check.max_points for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return the form that `--scorecard FILE` writes."""
        return {
            "exercise": self.exercise,
            "title": self.title,
            "seeds": list(self.seeds),
            "points": self.points,
            "max_points": self.max_points,
            "checks": [check.as_json() for check in self.checks],
        }


def combine(check_id: str, title: str, points: int, hint: str, results: dict[int | None, Result]) -> Check:
    """Make one check of its results by seed (None: a check that runs once, whatever the seeds)."""
    uses = tuple(sorted({part for result in results.values() for part in result.uses}))
    failed = {seed: result for seed, result in results.items() if result.outcome != "done"}
    if results and not failed:
        pictures = next(iter(results.values())).pictures
        return Check(check_id, title, points, points, "done", "", hint, uses=uses, pictures=pictures)
    if not results:
        return Check(check_id, title, 0, points, "waiting", "it was not run", hint)
    # A "not yet" tells more than a "waiting", should a function be written for some inputs only.
    seed, result = next(((s, r) for s, r in failed.items() if r.outcome == "not yet"), next(iter(failed.items())))
    return Check(
        check_id,
        title,
        0,
        points,
        result.outcome,
        result.message,
        hint if result.hint is None else result.hint,
        seed,
        tuple(s for s in failed if s is not None),
        result.trace,
        result.printed,
        result.our_fault,
        uses,
        result.pictures,
    )


def write_json(path: Path, data: object) -> None:
    """Write JSON so that a reader sees the old file or the whole new one, never a half."""
    write_bytes(path, (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode("utf-8"))
