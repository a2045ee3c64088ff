"""The proof of an exercise: its solution and other sound answers earn all points, its starter none, and each mistake
fails just what it names.
"""

import shutil
import statistics
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from wardround.authoring.mistakes import Mistake, MistakeError, mistakes_of, overlay, read_mistake, set_keys
from wardround.authoring.proof import Scores, grade_answers
from wardround.authoring.reach import changed_by, reached_by
from wardround.catalog import Exercise
from wardround.grading.choices import CHOICE_FILE
from wardround.grading.marks import Grade

ALTERNATIVES = "alternatives"
SAMPLE = (1, 2)
SEEDS_OF_ALTERNATIVES = 4  # of a proof's seeds: each of them costs as much as the solution
Checks = Mapping[str, tuple[str, Grade]]  # name -> (title, grade)


@dataclass(frozen=True)
class Proof:
    """How an exercise did."""

    exercise: str
    seeds: tuple[int, ...]
    faults: tuple[str, ...]
    choices: tuple[str, ...] = ()
    others: int = 0  # sound answers besides the solution
    mistakes: int = 0
    gradings: int = 0  # runs of a check file that were needed
    seconds: float = 0  # CPU seconds of one grading of the solution, the median over the seeds; imports not counted
    total: float = 0  # CPU seconds of all gradings

    def lines(self) -> list[str]:
        """Return the report as lines of text: what holds, or every fault."""
        if self.faults:
            return [f"{self.exercise}: {len(self.faults)} to mend", *(f"  - {fault}" for fault in self.faults)]
        seeds = f"seeds {self.seeds[0]} to {self.seeds[-1]}" if len(self.seeds) > 1 else f"seed {self.seeds[0]}"
        sound = "the solution of each choice" if self.choices else "the solution"
        return [
            f"{self.exercise}: keeps the rules",
            f"  On {seeds} {sound} earns 100, the starter 0; {self.mistakes} mistakes fail what they name and no more.",
            f"  {self.others} other sound answers earn 100 on the first {min(SEEDS_OF_ALTERNATIVES, len(self.seeds))}.",
            f"  {self.gradings} gradings in {self.total:,.0f} CPU s; the solution's takes {self.seconds:.1f} each.",
        ]


@dataclass(frozen=True)
class _Answer:
    """One folder to grade."""

    name: str
    folder: Path
    choice: str
    mistake: Mistake | None = None


def prove(exercise: Exercise, checks: Checks, seeds: Sequence[int] = SAMPLE) -> Proof:
    """Grade an exercise's solution, alternatives, starter and mistakes on the hospitals of `seeds`.

    The alternatives take the first few of these. A mistake is graded on the checks that it can touch (see `reach`). A
    sample (two seeds or fewer) takes one seed for each mistake, in turn. With more, a mistake meets all of them, and on
    the first one all checks as well: what `reach` says is proven there.

    Raises:
        MistakeError: A mistake cannot be laid over the solution.
        RuntimeError: The check file cannot be run.
    """
    choices = _choices(checks)
    with tempfile.TemporaryDirectory() as scratch:
        solution = exercise.folder / "solution"
        whole = list(_wholes(exercise, choices, Path(scratch)))
        mistaken = list(_mistaken(exercise, checks, choices, Path(scratch)))
        few = tuple(seeds[:SEEDS_OF_ALTERNATIVES])
        on = {answer.name: few if answer.name.startswith(ALTERNATIVES) else tuple(seeds) for answer in whole}
        scores = grade_answers(exercise.checks, _folders(whole), on)
        only: dict[tuple[str, int], list[str]] = {}
        plan: dict[str, tuple[int, ...]] = {}
        reach = {choice: _reach(choice, solution, scores, seeds) for choice in choices or ("",)}
        for n, answer in enumerate(mistaken):
            sample = len(seeds) <= len(SAMPLE)
            plan[answer.name] = (seeds[n % len(seeds)],) if sample else tuple(seeds)
            touched = _touched(answer, solution, reach[answer.choice])
            only |= {(answer.name, seed): touched for seed in plan[answer.name][0 if sample else 1 :]}
        scores |= grade_answers(exercise.checks, _folders(mistaken), plan, only)
    return _told(exercise, tuple(seeds), choices, [*whole, *mistaken], scores)


def glance(exercise: Exercise, checks: Checks, seed: int = 1) -> Proof:
    """Grade the sound answers, the starter and the first mistake of each check on one hospital: seconds, not minutes.

    A mistake is graded on the checks that it names alone.

    Raises:
        MistakeError: A mistake cannot be laid over the solution.
        RuntimeError: The check file cannot be run.
    """
    choices = _choices(checks)
    with tempfile.TemporaryDirectory() as scratch:
        mistaken = _first_of_each_check(_mistaken(exercise, checks, choices, Path(scratch)))
        answers = [*_wholes(exercise, choices, Path(scratch)), *mistaken]
        only = {(answer.name, seed): answer.mistake.fails for answer in mistaken if answer.mistake}
        plan = {answer.name: (seed,) for answer in answers}
        scores = grade_answers(exercise.checks, _folders(answers), plan, only)
    return _told(exercise, (seed,), choices, answers, scores)


def _choices(checks: Checks) -> tuple[str, ...]:
    return tuple(dict.fromkeys(grade.choice for _, grade in checks.values() if grade.choice))


def _told(
    exercise: Exercise, seeds: tuple[int, ...], choices: tuple[str, ...], answers: Sequence[_Answer], scores: Scores
) -> Proof:
    """Return what the scores of these answers say."""
    whole, mistaken = ([answer for answer in answers if (answer.mistake is None) == kind] for kind in (True, False))
    faults = [
        *_whole_faults(exercise, whole, scores),
        *(fault for answer in mistaken for fault in _mistake_faults(answer, scores)),
        *_our_faults(exercise, scores),
    ]
    sound = [card["seconds"] for (name, _), card in scores.items() if name.startswith("solution")]
    seconds = statistics.median(sound) if sound else 0
    total = sum(card["seconds"] for card in scores.values())
    return Proof(
        exercise.id,
        seeds,
        tuple(faults),
        choices,
        others=len(alternatives_of(exercise.folder)),
        mistakes=len(mistaken),
        gradings=len(scores),
        seconds=seconds,
        total=total,
    )


def _wholes(exercise: Exercise, choices: tuple[str, ...], scratch: Path) -> Iterator[_Answer]:
    """Yield the solution and the starter, one of each for every choice, and the alternatives."""
    for kind in ("solution", "starter"):
        if not choices:
            yield _Answer(kind, exercise.folder / kind, "")
        for choice in choices:
            folder = scratch / f"{kind}-{choice}"
            shutil.copytree(exercise.folder / kind, folder, ignore=shutil.ignore_patterns("__pycache__"))
            set_keys(folder / CHOICE_FILE, {"choice": choice})
            yield _Answer(f"{kind} for {choice}", folder, choice)
    for style in alternatives_of(exercise.folder):
        folder = scratch / ALTERNATIVES / style.name
        shutil.copytree(exercise.folder / "solution", folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(style, folder, dirs_exist_ok=True)
        yield _Answer(f"{ALTERNATIVES}/{style.name}", folder, "")


def alternatives_of(exercise: Path) -> list[Path]:
    """Return the folders of an exercise's other sound answers; what one does not answer is taken from the solution."""
    folder = exercise / ALTERNATIVES
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _mistaken(exercise: Exercise, checks: Checks, choices: tuple[str, ...], scratch: Path) -> Iterator[_Answer]:
    """Yield every mistake, laid over the solution, with the choice that its checks belong to."""
    for path in mistakes_of(exercise.folder):
        mistake = read_mistake(path)
        named = {checks[name][1].choice for name in mistake.fails} - {""}
        if len(named) > 1:
            raise MistakeError(f"{path}: it names checks of {len(named)} choices; write one mistake for each.")
        choice = named.pop() if named else next(iter(choices), "")
        folder = scratch / "mistakes" / path.name
        overlay(mistake, exercise.folder / "solution", folder)
        if choice:
            set_keys(folder / CHOICE_FILE, {"choice": choice})
        yield _Answer(path.name, folder, choice, mistake)


def _first_of_each_check(mistaken: Iterable[_Answer]) -> list[_Answer]:
    """Return the mistakes that name a check which none before them has named."""
    named: set[str] = set()
    first = []
    for answer in mistaken:
        fails = set(answer.mistake.fails if answer.mistake else ())
        if not fails <= named:
            first.append(answer)
            named |= fails
    return first


def _folders(answers: Sequence[_Answer]) -> dict[str, Path]:
    return {answer.name: answer.folder for answer in answers}


def _reach(choice: str, solution: Path, scores: Scores, seeds: Sequence[int]) -> dict[str, frozenset[str]]:
    """Return for each check all that it depends on, by what it asked the solution for."""
    name = f"solution for {choice}" if choice else "solution"
    uses: dict[str, set[str]] = {}
    for seed in seeds:
        for check in scores[name, seed]["checks"]:
            uses.setdefault(check["id"], set()).update(check["uses"])
    return {check: reached_by(used, solution) for check, used in uses.items()}


def _touched(answer: _Answer, solution: Path, reach: Mapping[str, frozenset[str]]) -> list[str]:
    """Return the checks that a mistake can touch, with those that it names."""
    if answer.mistake is None:
        return []
    changed = changed_by(answer.mistake, solution)
    touched = [check for check, reached in reach.items() if reached & changed]
    return list(dict.fromkeys([*touched, *answer.mistake.fails]))


def _whole_faults(exercise: Exercise, whole: Sequence[_Answer], scores: Scores) -> Iterator[str]:
    sound = {answer.name for answer in whole if not answer.name.startswith("starter")}
    for (name, seed), card in scores.items():
        for check in card["checks"] if name in {answer.name for answer in whole} else ():
            where, said = f"{check['id']} on seed {seed}", check["message"]
            if name in sound and check["outcome"] != "done":
                what = f"the sound answer {name}" if name.startswith(ALTERNATIVES) else f"the {name}"
                yield f"{exercise.id}: {what} fails {where}: {said}"
            elif name not in sound and check["outcome"] == "done":
                yield f"{exercise.id}: the {name} passes {where}; a check must ask for the work."
            elif name not in sound and check["outcome"] == "not yet":
                yield (
                    f"{exercise.id}: on the {name} {check['id']} should be waiting, but says: {said} "
                    "Call the learner's function, or read the document, first."
                )


def _mistake_faults(answer: _Answer, scores: Scores) -> Iterator[str]:
    mistake = answer.mistake
    if mistake is None:
        return
    for seed, card in ((seed, card) for (name, seed), card in scores.items() if name == answer.name):
        for check in card["checks"]:
            name, failed = check["id"], check["outcome"] != "done"
            if failed and name not in mistake.fails:
                said = check["message"]
                yield f"{mistake.path}: it also fails {name} on seed {seed}; name it, or narrow it. ({said})"
            if not failed and name in mistake.fails:
                yield f"{mistake.path}: {name} passes it on seed {seed}; sharpen the check, or do not name it."


def _our_faults(exercise: Exercise, scores: Scores) -> Iterator[str]:
    for (answer, seed), card in scores.items():
        for check in card["checks"]:
            if check["our_fault"]:
                yield f"{exercise.checks}, {check['id']} on {answer}, seed {seed}: {check['message']}"
