"""Where a learner stands: every phase of the pathway in their folder, the points of the last run, and what is next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wardround.catalog import Catalog, Exercise
from wardround.runs import Run, RunError, digests, recall
from wardround.site import page, phase_page
from wardround.wording import counted, typed
from wardround.workspace import Place

PHASES = ("days 0-30", "days 31-60", "days 61-90")


@dataclass(frozen=True)
class Standing:
    """How far one exercise has come."""

    exercise: Exercise
    home: Path | None  # None: the exercise is not in the folder
    run: Run | None = None
    is_changed: bool = False  # the answers were edited after the run
    fault: str = ""  # why a remembered run is left out

    @property
    def is_done(self) -> bool:
        """Full points, for the answers as they are now."""
        return self.run is not None and self.run.is_full and not self.is_changed

    @property
    def state(self) -> str:
        """Say it in a few words."""
        if self.home is None:
            return "not in this folder"
        if self.run is None:
            return "not known" if self.fault else "never run"
        points = f"{self.run.points} of {self.run.max_points} points"
        if self.is_changed:
            return f"{points}, edited since"
        return f"{points}, unseen seeds too" if self.run.proved and self.run.seeds else points


@dataclass(frozen=True)
class Pathway:
    """One pathway of a learner's folder: its phases, each with its exercises (none: a project, without checks)."""

    name: str
    phases: tuple[tuple[Standing, ...], ...]

    @property
    def standings(self) -> tuple[Standing, ...]:
        """All exercises, in order."""
        return tuple(standing for phase in self.phases for standing in phase)


def standings(place: Place, catalog: Catalog) -> tuple[Pathway, ...]:
    """Return the standing of each exercise of the pathways that the folder holds."""
    names = dict.fromkeys(exercise.pathway for exercise in place.exercises)
    return tuple(
        Pathway(
            name,
            tuple(
                tuple(_standing(e, place) for e in catalog.pathway(name) if e.phase == phase)
                for phase in range(1, len(PHASES) + 1)
            ),
        )
        for name in names
    )


def next_step(pathway: Pathway, place: Place) -> str:
    """Say in a sentence or two what to do next in a pathway, with the command."""
    for standing in pathway.standings:
        if step := "".join(_steps(standing, place)):
            return f"Next: {step}"
    last = max((n for n, phase in enumerate(pathway.phases) if phase), default=0) + 1
    if last < len(PHASES):
        return (
            f"Every exercise of this edition is done. Next: {PHASES[last]}, a project of your own; its page in the "
            f"handbook says when it is done: {phase_page(pathway.name, last + 1)}"
        )
    return (
        "The pathway is whole. Next: put its three deliverables where an employer can see them: "
        f"{page('guide/portfolio/index')}"
    )


def _steps(standing: Standing, place: Place) -> Iterator[str]:
    exercise, run = standing.exercise, standing.run
    if standing.home is None:
        yield f"{exercise.name} is not in this folder. Add it: wardround start {exercise.pathway} {typed(place.folder)}"
        return
    command = "pytest" if standing.home == Path.cwd() else f"pytest {typed(standing.home)}"
    if run is None:
        again = "Run its checks" if standing.fault else "Read its README.md, then run its checks"
        yield f"{exercise.name}. {again}: {command}"
    elif standing.is_changed:
        yield f"{exercise.name} was edited after its last run. Run its checks: {command}"
    elif run.next_check is not None:
        yield f"{exercise.name}, the check: {run.next_check.title}"
    elif not run.proved:
        yield f"{exercise.name} on seeds that you have not seen: {command} --unseen 3"


def when(moment: datetime) -> str:
    """Return a time as the learner's clock shows it: `2026-11-22 14:05`."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")


def _standing(exercise: Exercise, place: Place) -> Standing:
    home = place.home(exercise)
    if exercise not in place.exercises:
        return Standing(exercise, None)
    try:
        run = recall(exercise, home)
    except RunError as error:
        return Standing(exercise, home, fault=str(error))
    changed = run is not None and run.files != digests(home, exercise.files)
    return Standing(exercise, home, run, changed)


def told(pathway: Pathway, place: Place) -> Iterator[str]:
    """Yield the lines that `wardround progress` prints for a pathway."""
    done = sum(standing.is_done for standing in pathway.standings)
    yield f"{pathway.name}: {done} of {counted(len(pathway.standings), 'exercise')} done"
    for days, phase in zip(PHASES, pathway.phases, strict=True):
        if not phase:
            yield f"  {days:<11} no graded exercise in this edition; a project of your own"
        for standing in phase:
            exercise = standing.exercise
            yield f"  {days:<11} {exercise.name}: {standing.state}"
            run = f", last run {when(standing.run.when)}" if standing.run else ""
            yield f"  {'':<11} {exercise.title} ({exercise.duration}{run})"
    for standing in pathway.standings:
        if standing.fault:
            yield standing.fault
    yield next_step(pathway, place)
