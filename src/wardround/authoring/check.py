"""Does an exercise keep the rules? Every fault is a sentence that names its place and its remedy.

Here stands what reading finds; `proving` runs the answers.
"""

import ast
import importlib.util
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FunctionType
from typing import Any

from wardround.authoring.mistakes import MistakeError, mistakes_of, read_mistake
from wardround.authoring.proving import SAMPLE, Checks, Proof, alternatives_of, glance, prove
from wardround.authoring.starter import StarterError, make_starter
from wardround.catalog import Exercise
from wardround.grading.marks import Grade, grade_of
from wardround.wording import did_you_mean

SECTIONS = ("Why it matters", "What you write", "The data", "The checks", "Out of scope", "Going further")
TITLE_LENGTH = 78
FEWEST_ALTERNATIVES = 2


def check_exercise(exercise: Exercise, seeds: Sequence[int] = SAMPLE) -> list[str]:
    """Return every fault of an exercise: those that reading finds, or if there are none those that running finds."""
    return list(report(exercise, seeds).faults)


def glance_at(exercise: Exercise) -> list[str]:
    """Return every fault that reading finds, or if there are none those that a run on one hospital finds."""
    return list(_reported(exercise, (1,), glance).faults)


def report(exercise: Exercise, seeds: Sequence[int] = SAMPLE) -> Proof:
    """Return how an exercise does on the hospitals of these seeds; the faults alone if reading finds any."""
    return _reported(exercise, tuple(seeds), lambda exercise, checks: prove(exercise, checks, seeds))


def _reported(exercise: Exercise, seeds: tuple[int, ...], run: Callable[[Exercise, Checks], Proof]) -> Proof:
    faults = tuple(_read(exercise))
    if faults:
        return Proof(exercise.id, seeds, faults)
    try:
        return run(exercise, graded_checks(exercise.checks))
    except (MistakeError, RuntimeError) as error:
        return Proof(exercise.id, seeds, (str(error),))


def reports(exercises: Sequence[Exercise], seeds: Sequence[int], jobs: int) -> Iterator[Proof]:
    """Yield the report of each exercise, with so many of them under way at a time: then the slow ones come first."""
    if jobs > 1:
        exercises = sorted(exercises, key=_wrong_code, reverse=True)
    with ThreadPoolExecutor(max_workers=jobs) as pool:  # threads suffice: the grading is done by other processes
        yield from pool.map(lambda exercise: report(exercise, seeds), exercises)


def _wrong_code(exercise: Exercise) -> int:
    """Return how many mistakes are code: it takes far longer than a form, and should not be alone at the end."""
    return len(list((exercise.folder / "mistakes").glob("*.py")))


def graded_checks(path: Path) -> dict[str, tuple[str, Grade]]:
    """Import a check file; return name -> (title, grade) of its graded checks, in order."""
    spec = importlib.util.spec_from_file_location(f"wardround_checks_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return {
        name: ((function.__doc__ or "").strip().partition("\n")[0].strip(), grade)
        for name, function in vars(module).items()
        if isinstance(function, FunctionType) and name.startswith("test_") and (grade := grade_of(function))
    }


def _read(exercise: Exercise) -> Iterator[str]:
    try:
        checks = graded_checks(exercise.checks)
    except Exception as error:
        yield f"{exercise.checks}: it cannot be imported: {type(error).__name__}: {error}."
        return
    yield from _check_file(exercise.checks, checks)
    choices = [grade.choice for _, grade in checks.values() if grade.choice]
    for choice in exercise.needs_for:
        if choice not in choices:
            said = did_you_mean(choice, choices) or " Correct the name."
            yield f"{exercise.checks}: needs_for of {exercise.id} names {choice}, but no check has this choice.{said}"
    yield from _brief(exercise, checks)
    yield from _starter(exercise)
    yield from _alternatives(exercise)
    yield from _mistakes(exercise, checks)


def _check_file(path: Path, checks: dict[str, tuple[str, Grade]]) -> Iterator[str]:
    grades = [grade for _, grade in checks.values()]
    for choice in dict.fromkeys(grade.choice for grade in grades if grade.choice) or ("",):
        counted = [grade for grade in grades if grade.choice in ("", choice)]
        where = f"{path}, for the choice {choice}" if choice else str(path)
        total = sum(grade.points for grade in counted)
        if total != 100:
            yield f"{where}: the points add up to {total}; make them 100."
        if not 5 <= len(counted) <= 8:
            yield f"{where}: there are {len(counted)} graded checks; split or join them to five to eight."
    yield from _titles_and_hints(path, checks)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assert):
            yield f"{path}, line {node.lineno}: a bare assert tells a learner nothing; use expect(condition, sentence)."
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and node.name not in checks:
            yield f"{path}, line {node.lineno}: {node.name} has no points; mark it with @graded(points=…, hint=…)."


def _titles_and_hints(path: Path, checks: dict[str, tuple[str, Grade]]) -> Iterator[str]:
    titles = [title for title, _ in checks.values()]
    for name, (title, grade) in checks.items():
        if not title:
            yield f"{path}, {name}: it has no title; write it as the first line of the docstring."
        elif len(title) > TITLE_LENGTH:
            yield f"{path}, {name}: its title has {len(title)} characters; at most {TITLE_LENGTH} fit on a card."
        elif titles.count(title) > 1:
            yield f"{path}, {name}: another check has the same title; give each its own."
        if not grade.hint.strip():
            yield f'{path}, {name}: it has no hint; add hint="…" to @graded, one sentence that helps.'
        if grade.points <= 0:
            yield f"{path}, {name}: it gives {grade.points} points; give at least 1."


def _brief(exercise: Exercise, checks: dict[str, tuple[str, Grade]]) -> Iterator[str]:
    path = exercise.brief
    text = path.read_text(encoding="utf-8")
    parts = re.split(r"^## +(.*?) *$", text, flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    for section in SECTIONS:
        if not sections.get(section, "").strip():
            found = did_you_mean(section, [name for name in sections if name not in SECTIONS])
            yield f"{path}: the section `## {section}` is missing or empty.{found or ' Add it.'}"
    if not re.match(r"# \S", text):
        yield f"{path}: it must begin with `# ` and the exercise's title."
    if "not for clinical use" not in text.lower():
        yield f"{path}: it must say that it is for learning, not for clinical use."
    rows = sections.get("The checks", "").splitlines()
    for name, (title, grade) in checks.items():
        row = next((row for row in rows if title and title in row), None)
        if row is None:
            yield f"{path}: `## The checks` does not name {name}; add its title, word for word: {title}"
        elif not re.search(rf"\b{grade.points}\b", row.replace(title, "")):
            yield f"{path}: `## The checks` must give {grade.points} points in the row of `{title}`."
    for name in exercise.files:
        if name not in sections.get("What you write", ""):
            yield f"{path}: `## What you write` does not name the answer file {name}."


def _starter(exercise: Exercise) -> Iterator[str]:
    solution, starter = exercise.folder / "solution", exercise.folder / "starter"
    remedy = f"Run: wardround dev starter {exercise.id}"
    for name in exercise.files:
        if not (solution / name).is_file():
            yield f"{solution / name} is missing; the solution holds every answer file."
    if not solution.is_dir():
        return
    try:
        wanted = make_starter(solution)
    except StarterError as error:
        yield str(error)
        return
    there = {p.name: p.read_bytes() for p in starter.iterdir() if p.is_file()} if starter.is_dir() else {}
    for name in sorted(set(wanted) | set(there)):
        if name not in there:
            yield f"{starter / name} is missing. {remedy}"
        elif name not in wanted:
            yield f"{starter / name} has no counterpart in the solution. {remedy}"
        elif there[name].replace(b"\r\n", b"\n") != wanted[name].replace(b"\r\n", b"\n"):
            yield f"{starter / name} differs from what its solution makes. {remedy}"
        elif name in exercise.files and b"TODO" not in wanted[name]:
            yield f"{solution / name}: no region is marked, so the starter gives it away; put `--- solution` around it."


def _alternatives(exercise: Exercise) -> Iterator[str]:
    solution, styles = exercise.folder / "solution", alternatives_of(exercise.folder)
    if len(styles) < FEWEST_ALTERNATIVES:
        yield (
            f"{exercise.folder / 'alternatives'}: {len(styles)} of {FEWEST_ALTERNATIVES} other sound answers are here, "
            f"a folder each; write {FEWEST_ALTERNATIVES - len(styles)} more, by another method or library. Nothing "
            "else tells whether a check is fair."
        )
    for style in styles:
        for path in sorted(style.iterdir()):
            if path.is_file() and not (solution / path.name).is_file():
                yield f"{path} has no counterpart in the solution; correct its name."


def _mistakes(exercise: Exercise, checks: dict[str, Any]) -> Iterator[str]:
    caught: set[str] = set()
    for path in mistakes_of(exercise.folder):
        try:
            mistake = read_mistake(path)
        except MistakeError as error:
            yield str(error)
            continue
        caught |= set(mistake.fails)
        for name in mistake.fails:
            if name not in checks:
                yield f"{path}: it names the unknown check {name}.{did_you_mean(name, checks) or ' Correct the name.'}"
    for name in checks:
        if name not in caught:
            yield f"{exercise.checks}, {name}: no mistake fails it; add one to {exercise.folder / 'mistakes'}."
