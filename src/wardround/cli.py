"""The `wardround` command: each verb calls one function of the package. Errors are one sentence, exit code 2."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from wardround.catalog import Catalog, Exercise
    from wardround.workspace import Place

# Heavy packages are imported inside the verbs that use them, so that `wardround --help` answers at once.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="wardround", prog_name="wardround")
def main() -> None:
    """Exercises in healthcare AI, graded on your own computer.

    Begin with: wardround start software-engineer my-work
    """


@main.command()
@click.argument("pathway")
@click.argument("folder", type=click.Path(path_type=Path))
def start(pathway: str, folder: Path) -> None:
    """Copy a pathway's exercises into a folder.

    PATHWAY is a pathway's name, such as software-engineer. FOLDER is made if it is not there. Nothing that is there is
    overwritten, so run it again to bring back a file that you have lost.
    """
    from wardround.workspace import WorkspaceError
    from wardround.workspace import start as make

    with _sentences(WorkspaceError):
        made = make(pathway, folder, _catalog())
    if made.is_new or not made.written:
        click.echo(f"Your exercises are in {folder}{'' if made.is_new else ' already; nothing was changed'}:")
        for exercise in made.exercises:
            click.echo(f"  {exercise.name:<30} {exercise.title} ({exercise.duration})")
    else:
        click.echo(f"Added what was missing in {folder}:")
        for path in made.written:
            click.echo(f"  {path}")
    if made.kept:
        click.echo("Kept as they were, because they are yours:")
        for path in made.kept:
            click.echo(f"  {path}")
    for exercise in made.exercises:
        for line in _lacking_for(exercise):
            click.echo(line)
    if made.written and not made.is_new:
        click.echo("\nThen, as before:\n  pytest")
    else:
        click.echo(f"\nRead {folder / made.exercises[0].name / 'README.md'}, then:{_cd(folder)}\n  pytest")


def _lacking_for(exercise: "Exercise") -> Iterator[str]:
    """Yield what to install for an exercise, and for each of its choices."""
    from wardround.extras import lacking

    if sentence := lacking(exercise.needs):
        yield f"{exercise.name}: {sentence}"
    for choice, extras in exercise.needs_for.items():
        if sentence := lacking(extras):
            yield f"{exercise.name}, if you choose {choice}: {sentence}"


@main.command()
def exercises() -> None:
    """List all exercises and the hours they take.

    Each with its id, its title, its days in the 90-day plan, and the extra packages that it needs, if any.
    """
    from wardround.workspace import edition

    catalog = _catalog()
    for exercise in catalog.exercises:
        days = ("days 0-30", "days 31-60", "days 61-90")[exercise.phase - 1]
        parts = [*exercise.needs, *(f"{', '.join(extras)} for {of}" for of, extras in exercise.needs_for.items())]
        needs = f", needs {', '.join(parts)}" if parts else ""
        click.secho(exercise.id, bold=True)
        click.echo(f"  {exercise.title} ({days}, {exercise.duration}{needs})")
    click.echo(f"\n{edition(catalog)}" if catalog.exercises else edition(catalog))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
def progress(folder: Path) -> None:
    """Show where you stand and what is next.

    Every phase of your pathway, the points of each exercise's last run, and the next thing to do. FOLDER is the one
    that `wardround start` made; without it, the current one.
    """
    from wardround.progress import standings, told

    catalog = _catalog()
    place = _place(folder, catalog)
    for n, pathway in enumerate(standings(place, catalog)):
        if n:
            click.echo()
        for line in told(pathway, place):
            click.echo(line)


@main.command()
@click.argument("exercise")
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--file", metavar="NAME", help="Reset this one file only.")
@click.option("--yes", "-y", is_flag=True, help="Do not ask first.")
def reset(exercise: str, folder: Path, file: str | None, yes: bool) -> None:
    """Bring an exercise back to how it was handed out.

    EXERCISE is its folder's name or its number, such as 1. A dated copy of your files is kept first, in the hidden
    folder .wardround of your exercises; files that you added stay. FOLDER is the one that `wardround start` made;
    without it, the current one.
    """
    from wardround.reset import carry_out, plan
    from wardround.workspace import WorkspaceError

    place = _place(folder, _catalog())
    with _sentences(WorkspaceError):
        planned = plan(place, place.get(exercise), file)
    if not planned.contents:
        click.echo(f"{file or planned.exercise.name} is as it was handed out; there is nothing to reset.")
        return
    click.echo(f"To be brought back in {planned.home}: {', '.join(planned.contents)}")
    if planned.kept:
        click.echo(f"A copy of yours goes to {planned.copies}")
    _agree("Reset?", yes)
    kept = planned.kept
    with _sentences(WorkspaceError):
        carry_out(planned)
    click.echo("Done." if kept else "Done; there was nothing of yours to keep.")
    if kept:
        click.echo(f"To undo:\n  {_copy_back(planned.copies, planned.home)}")


@main.command()
@click.argument("pathway")
@click.option("--domain", metavar="NAME", help="The health domain you aim at, such as imaging.")
@click.option("--start", metavar="DATE", help="The first day, such as 2027-01-04; without it, the coming Monday.")
@click.option("--hours", default="8", metavar="H", help="Hours that you have in a week, 2 to 40; without it, 8.")
@click.option(
    "--skip", multiple=True, metavar="DATES", help="Days off: one date, or first..last. Repeat it for several."
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the plan to FILE (Markdown).")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a calendar to FILE as well.")
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
@click.option(
    "--site", envvar="WARDROUND_URL", metavar="URL", help="Where your handbook stands, for the links; else ours."
)
def plan(
    *,
    pathway: str,
    domain: str | None,
    start: str | None,
    hours: str,
    skip: tuple[str, ...],
    out: Path | None,
    ics: Path | None,
    replace: bool,
    site: str | None,
) -> None:
    """Put dates to a pathway's 90 days.

    Prints the plan, week by week with pages, exercises and deliverables. PATHWAY is a pathway's name, such as
    software-engineer. If your hours do not hold a week's tasks, the plan takes more weeks; it leaves no task out.
    """
    from datetime import UTC, datetime

    from wardround.careers import load
    from wardround.planner import PlanError, make_plan, material, read_wish
    from wardround.planner.files import write
    from wardround.planner.markdown import as_markdown
    from wardround.planner.site import address

    with _sentences(PlanError):
        today = datetime.now().astimezone().date()
        root = address(site)
        wish = read_wish(
            material(load(), _catalog()),
            pathway=pathway, domain=domain, start=start, hours=hours, skip=skip, today=today,
        )  # fmt: skip
        made = make_plan(wish)
        text = as_markdown(made, root)
        files = [(out, text.encode())] if out else []
        if ics:
            from wardround.planner.calendar import as_calendar

            files.append((ics, as_calendar(made, root, datetime.now(UTC))))
        write(files, replace=replace)
    if not out:
        click.echo(text, nl=False)
    for path, _ in files:
        click.echo(f"Written: {path} ({made.count} weeks, until {made.due})", err=True)


@main.command()
@click.argument("exercise", nargs=-1)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default="submission.zip",
    metavar="FILE.zip",
    help="The zip to write; without it, submission.zip in the current folder.",
)
@click.option("--yes", "-y", is_flag=True, help="Replace a zip of that name without asking.")
def submit(exercise: tuple[str, ...], out: Path, yes: bool) -> None:
    """Pack your answers into one zip to hand in.

    EXERCISE is a folder's name or its number, such as 1. Without one, the exercise in whose folder you are is meant,
    or else all. The zip holds the answer files, their checksums and the points of your last run, but not your name.
    """
    from wardround.submit import check_target, gather, write
    from wardround.workspace import WorkspaceError

    place = _place(Path(), _catalog())
    with _sentences(WorkspaceError):
        check_target(out)
        submission = gather(place, place.chosen(exercise))
    if out.exists():
        _agree(f"{out} is there already. Replace it?", yes)
    with _sentences(WorkspaceError):
        size = write(submission, out)
    click.echo(f"{out} is ready ({size / 1000:.1f} kB):")
    for each in submission.manifest.exercises:
        click.echo(f"  {each.id}: {', '.join(file.name for file in each.files)}")
    if submission.warnings:
        click.echo("Look at this before you hand it in:")
        for warning in submission.warnings:
            click.echo(f"  - {warning}")
    click.echo("Your name is not in it. Whoever receives it grades the answers again.")


@main.command()
@click.argument("exercise", nargs=-1)
@click.option(
    "--unseen", type=click.IntRange(0, 1000), default=0, metavar="N", help="Also check on N seeds drawn at random."
)
def watch(exercise: tuple[str, ...], unseen: int) -> None:
    """Run the checks at every save.

    EXERCISE is a folder's name or its number, such as 1. Without one, the exercise in whose folder you are is meant,
    or else all; then only the one that you have saved is checked. Ctrl-C ends.
    """
    from wardround.watch import watch as go_on
    from wardround.workspace import WorkspaceError

    place = _place(Path(), _catalog())
    with _sentences(WorkspaceError):
        chosen = place.chosen(exercise)
    go_on(place, chosen, unseen, click.echo)


@main.command()
@click.argument("number", type=int)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the sheet to FILE (Markdown).")
@click.option("--replace", is_flag=True, help="Write over FILE if it is there.")
@click.option("--oximeter", "kind", flag_value="oximeter", help="Print the report about the oximeters instead.")
@click.option("--pilot", "kind", flag_value="pilot", help="Print the sheet of a pilot instead.")
def sheet(number: int, out: Path | None, replace: bool, kind: str | None) -> None:
    """Print a claim sheet to read.

    The clinicians' exercise 1-read-an-ai-claim asks about one sheet: an invented claim about an alert, and the ward on
    which it could be used. NUMBER is the sheet's, from 1 to 9999; sheet 1 is for practice. With --oximeter it is that
    of the report which 2-assisted-workflow asks about, with --pilot that of the sheet on which 3-clinical-ai-playbook
    rests.
    """
    from wardround.hospital import oximeter_reports, pilot_sheet
    from wardround.hospital.claim_sheets import make_sheet
    from wardround.hospital.sheet_page import as_markdown
    from wardround.planner import PlanError
    from wardround.planner.files import write

    with _sentences(ValueError, PlanError):
        if kind == "oximeter":
            text = oximeter_reports.as_markdown(number)
        elif kind == "pilot":
            text = pilot_sheet.as_markdown(number)
        else:
            text = as_markdown(make_sheet(number))
        if out:
            write([(out, text.encode())], replace=replace)
    click.echo(f"Written: {out}" if out else text, nl=bool(out))


@main.group()
def dev() -> None:
    """Tools for those who write exercises."""


@dev.command()
@click.argument("exercise", required=False)
def starter(exercise: str | None) -> None:
    """Make the starters from the solutions.

    EXERCISE is an id, such as software-engineer/1-readmission-risk. Without it, all exercises are meant.
    """
    from wardround.authoring.starter import StarterError, write_starter

    with _sentences(StarterError, OSError):
        for each in _chosen(exercise):
            changed = write_starter(each.folder / "solution", each.folder / "starter")
            click.echo(f"{each.id}: {', '.join(path.name for path in changed) or 'unchanged'}")


@dev.command()
@click.argument("exercise", required=False)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=2,
    metavar="N",
    help="Grade on the hospitals of seeds 1 to N; without it, 1 and 2.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, metavar="N", help="Check N exercises at a time.")
def check(exercise: str | None, seeds: int, jobs: int) -> None:
    """Check that exercises keep the rules.

    Then grade the solution, the starter and every mistake, and tell what does not come out as it should. EXERCISE is an
    id or its beginning, such as software-engineer/1. Without it, all exercises are meant.
    """
    from wardround.authoring.check import reports

    sound = True
    for proof in reports(_chosen(exercise), range(1, seeds + 1), jobs):
        head, *rest = proof.lines()
        click.secho(head, bold=True)
        click.echo("\n".join(rest))
        sound &= not proof.faults
    if not sound:
        raise SystemExit(1)


def _place(folder: Path, catalog: "Catalog") -> "Place":
    from wardround.workspace import WorkspaceError, find_place

    with _sentences(WorkspaceError):
        return find_place(folder, catalog)


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


def _agree(question: str, yes: bool) -> None:
    """Ask, unless the answer is given; stop, with nothing changed, at anything but yes."""
    try:
        agreed = yes or click.confirm(question)
    except click.Abort:  # Ctrl-C, or nobody is there to answer
        click.echo()
        agreed = False
    if not agreed:
        _stop("Nothing was changed. To agree beforehand: --yes")


def _copy_back(source: Path, target: Path) -> str:
    """Return the command that copies a folder's files over another's."""
    from wardround.wording import typed

    if sys.platform == "win32":
        return f"xcopy /E /Y {typed(source)} {typed(target)}"
    return f"cp -R {typed(source)}/. {typed(target)}"


def _cd(folder: Path) -> str:
    """Return the line that goes to the folder; nothing if that is where one is."""
    from wardround.wording import typed

    return "" if folder.resolve() == Path.cwd() else f"\n  cd {typed(folder)}"
