"""The `wardround` command: each verb calls one function of the package. Errors are one sentence, exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from wardround.catalog import Catalog, Exercise

# Heavy packages are imported inside the verbs that use them, so that `wardround --help` answers at once.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wardround", prog_name="wardround")
def main() -> None:
    """Ward Round: exercises in healthcare AI, graded on your own computer.

    Begin with: wardround start software-engineer my-work
    """


@main.command()
@click.argument("pathway")
@click.argument("folder", type=click.Path(path_type=Path))
def start(pathway: str, folder: Path) -> None:
    """Copy the exercises of PATHWAY into FOLDER. Nothing that is there is overwritten."""
    from wardround.workspace import WorkspaceError
    from wardround.workspace import start as make

    with _sentences(WorkspaceError):
        made = make(pathway, folder, _catalog())
    if made.written:
        click.echo(f"Your exercises are in {folder}:")
    else:
        click.echo(f"Everything was in {folder} already; nothing was changed:")
    for exercise in made.exercises:
        click.echo(f"  {exercise.name:<30} {exercise.title} ({_hours(exercise)})")
    if made.kept:
        click.echo("Kept as they were, because they are yours:")
        for path in made.kept:
            click.echo(f"  {path}")
    for extra in sorted({extra for exercise in made.exercises for extra in exercise.needs}):
        click.echo(f'Some need more packages: pip install "wardround[{extra}]"')
    click.echo(f"\nRead {folder / made.exercises[0].name / 'README.md'}, then:\n  cd {_quoted(folder)}\n  pytest")


@main.command()
def exercises() -> None:
    """List the exercises: id, title, days, hours, and the extras that they need."""
    catalog = _catalog()
    for exercise in catalog.exercises:
        days = ("days 0-30", "days 31-60", "days 61-90")[exercise.phase - 1]
        needs = f", needs {', '.join(exercise.needs)}" if exercise.needs else ""
        click.secho(exercise.id, bold=True)
        click.echo(f"  {exercise.title} ({days}, {_hours(exercise)}{needs})")
    if not catalog.exercises:
        click.echo("No exercises are written yet.")


@main.group()
def dev() -> None:
    """For those who write exercises."""


@dev.command()
@click.argument("exercise_id", metavar="[ID]", required=False)
def starter(exercise_id: str | None) -> None:
    """Make the starters of all exercises, or of one, from their solutions."""
    from wardround.authoring.starter import StarterError, write_starter

    with _sentences(StarterError, OSError):
        for exercise in _chosen(exercise_id):
            changed = write_starter(exercise.folder / "solution", exercise.folder / "starter")
            click.echo(f"{exercise.id}: {', '.join(path.name for path in changed) or 'unchanged'}")


@dev.command()
@click.argument("exercise_id", metavar="[ID]", required=False)
@click.option("--seeds", type=click.IntRange(1, 1000), default=2, show_default=True, help="prove it on seeds 1 to N")
def check(exercise_id: str | None, seeds: int) -> None:
    """Check that all exercises, or one, keep the rules; then grade solution, starter and every mistake."""
    from wardround.authoring.check import check_exercise

    faults = 0
    for exercise in _chosen(exercise_id):
        found = check_exercise(exercise, range(1, seeds + 1))
        click.secho(f"{exercise.id}: {f'{len(found)} to mend' if found else 'keeps the rules'}", bold=True)
        for fault in found:
            click.echo(f"  - {fault}")
        faults += len(found)
    if faults:
        raise SystemExit(1)


def _catalog() -> "Catalog":
    from wardround.catalog import CatalogError, load_catalog

    try:
        return load_catalog()
    except CatalogError as error:
        _stop(str(error))


def _chosen(exercise_id: str | None) -> "tuple[Exercise, ...]":
    from wardround.catalog import CatalogError

    catalog = _catalog()
    with _sentences(CatalogError):
        chosen = (catalog.get(exercise_id),) if exercise_id else catalog.exercises
    for exercise in chosen:
        if not (exercise.folder / "solution").is_dir():
            _stop(f"{exercise.folder} has no solution: `wardround dev` works in a checkout of the repository.")
    return chosen


@contextmanager
def _sentences(*kinds: type[Exception]) -> Iterator[None]:
    """Turn errors of these kinds, and the catalog's, into one sentence and exit code 2."""
    from wardround.catalog import CatalogError

    ours: tuple[type[Exception], ...] = (CatalogError, *kinds)
    try:
        yield
    except ours as error:
        _stop(str(error))


def _stop(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


def _hours(exercise: "Exercise") -> str:
    low, high = exercise.hours
    return f"{low:g} h" if low == high else f"{low:g}-{high:g} h"


def _quoted(folder: Path) -> str:
    return f'"{folder}"' if " " in str(folder) else str(folder)
