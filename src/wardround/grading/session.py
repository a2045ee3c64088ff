"""The grader of one pytest run: its fixtures, how a check is run, and the cards at the end.

It needs all results in one process: under pytest-xdist's -n the checks run, but pytest's own report is shown and no
scorecard is written.
"""

import random
import sys
import time
import traceback
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pytest

from wardround.catalog import Catalog, CatalogError, load_catalog
from wardround.catalog import Exercise as CatalogEntry
from wardround.extras import lacking
from wardround.grading.card import next_step, write_cards, write_unready
from wardround.grading.choices import CHOICE_FILE, choices_of
from wardround.grading.documents import (
    Document,
    Fields,
    Prose,
    read_choice,
    read_document,
    read_prose,
    read_query,
    read_text,
)
from wardround.grading.faults import Verdict, Waiting
from wardround.grading.ground import Ground
from wardround.grading.marks import Grade, grade_of
from wardround.grading.options import PRACTICE_SEED, read_options
from wardround.grading.scorecard import Result, Scorecard, combine, write_json
from wardround.grading.submission import Answer, Submission, replacing
from wardround.progress import when
from wardround.runs import digests, remember
from wardround.wording import typed

if TYPE_CHECKING:
    from wardround.grading.forms import Form
    from wardround.grading.pictures import Picture

PATIENTS = 20_000
WHOLE = 100  # an exercise's points; a run of some of its checks has fewer
ISSUES = "https://github.com/wardround/wardround/issues"
VERDICT = pytest.StashKey[Result]()
SHOWN = pytest.StashKey[list["Picture"]]()
MOST_PICTURES = 8  # of one check on one seed; more would hide the sentence


@lru_cache(maxsize=6)
def hospital_of(seed: int, patients: int) -> Any:
    """Build a hospital once; those of a proof (four, and the practice one) are kept, because answers share them."""
    from wardround.hospital import build

    return build(seed, patients)


class Exercise:
    """One check file of this run, with the answer that it checks."""

    def __init__(self, checks: Path, catalog: Catalog | None, submission: Path | None) -> None:
        self.checks = checks
        folder = checks.parent
        entry = catalog.find(folder.name, checks.name) if catalog else None
        self.entry = entry
        self.id = entry.id if entry else folder.name
        self.title = entry.title if entry else folder.name
        self.answer_folder = folder if submission is None else _answers_in(submission, self.id)
        files = entry.files if entry else _answer_files(self.answer_folder)
        self.answer = Answer(self.answer_folder, files, restoring(entry, self.answer_folder) if entry else "")
        self.items: list[pytest.Function] = []
        self.not_run = 0
        self.undecided: Verdict | None = None  # why it is not known which choice to check
        self.lacking = lacking(entry.extras()) if entry else ""  # says which packages to install
        self.graded: dict[str, str] = {}  # the answer files' digests when the run began

    def chosen(self, items: list[pytest.Function]) -> list[pytest.Function]:
        """Return the checks to run: where the learner may choose, those of one choice and those for all."""
        choices = choices_of({item.function for item in items})
        if not choices:
            return items
        choice = choices[0]  # until the learner has chosen, so that a card of 100 points can be shown
        try:
            choice = read_choice(self.answer.path(CHOICE_FILE), choices)
            self.lacking = lacking(self.entry.extras(choice)) if self.entry else ""
        except Verdict as verdict:
            self.undecided = verdict
        return [item for item in items if _grade(item.function).choice in ("", choice)]

    @property
    def has_seeds(self) -> bool:
        """Whether a check of this run is about the patients of a seed; where none is, nothing is unseen."""
        return any("seed" in item.fixturenames for item in self.items)

    def expect_choice(self) -> None:
        """Raise the verdict on choice.yaml if it names none of the choices."""
        if self.undecided:
            raise self.undecided.with_traceback(None)

    def scorecard(self, results: dict[str, dict[int | None, Result]], seeds: tuple[int, ...]) -> Scorecard:
        """Combine the results of the checks, in the order in which the file defines them."""
        functions = {item.originalname: item.function for item in self.items}
        checks = []
        for name, function in sorted(functions.items(), key=lambda pair: pair[1].__code__.co_firstlineno):
            grade, key = _grade(function), f"{self.checks}::{name}"
            checks.append(combine(name, title_of(function), grade.points, grade.hint, results.get(key, {})))
        return Scorecard(self.id, self.title, seeds if self.has_seeds else (), tuple(checks))


def restoring(entry: CatalogEntry, answers: Path) -> str:
    """Say which command, typed in the current folder, brings a lost answer file back as the starter has it."""
    answers = answers.resolve()
    if answers.name == entry.name and answers != entry.folder.resolve():
        return f"`wardround start {entry.pathway} {typed(answers.parent)}` brings the starter's file back."
    return f"`wardround start {entry.pathway} FRESH` makes a new folder FRESH; copy the starter's file from there."


def _answers_in(submission: Path, exercise_id: str) -> Path:
    """Return where an exercise's answers lie in what was handed in: a folder of them, or an unpacked zip."""
    return submission / exercise_id if (submission / "manifest.json").is_file() else submission


def _answer_files(folder: Path) -> tuple[str, ...]:
    """What an exercise outside the catalog takes for answers: Python, YAML and Markdown files beside the checks."""
    kinds = {".py", ".yaml", ".md", ".sql"}
    return tuple(
        sorted(
            p.name
            for p in folder.glob("*")
            if p.suffix in kinds and p.name not in {"README.md", "conftest.py"} and not p.name.startswith("test_")
        )
    )


def title_of(function: Any) -> str:
    """Return a check's title: the first line of its docstring."""
    lines = (function.__doc__ or "").strip().splitlines()
    return lines[0].strip() if lines else str(function.__name__)


def _grade(function: Any) -> Grade:
    grade = grade_of(function)
    if grade is None:
        raise ValueError(f"{function} is not graded")
    return grade


class Grader:
    """A pytest plugin, registered when the first graded check is collected."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        options = read_options(config)
        self.seeds, self.unseen = options.seeds, options.unseen
        self.answers, self.scorecard_file, self.report_file = options.submission, options.scorecard, options.report
        self.reported: Path | None = None  # the report, once it is written
        self.exercises: dict[Path, Exercise] = {}
        self.results: dict[str, dict[int | None, Result]] = {}
        self.unready: dict[Path, str] = {}  # check files that cannot be loaded, and what to install
        self.ground: Ground | None = None
        self.count = self.started = 0
        self.shown = False
        self.began = time.monotonic()
        self.catalog: Catalog | None = None
        with suppress(CatalogError):  # a check file runs without a manifest; `wardround dev check` tells what is wrong
            self.catalog = load_catalog()

    # Fixtures -----------------------------------------------------------------------------------------------------

    @pytest.fixture
    def seed(self, request: pytest.FixtureRequest) -> int:
        """The hospital's seed in this run of the check; the check runs once for each."""
        return int(getattr(request, "param", self.seeds[0]))

    @pytest.fixture
    def hospital(self, seed: int, request: pytest.FixtureRequest) -> Any:
        """The virtual hospital of the run's seed; the check runs once for each seed."""
        return hospital_of(seed, getattr(request.module, "PATIENTS", PATIENTS))

    @pytest.fixture
    def practice(self, request: pytest.FixtureRequest) -> Any:
        """The virtual hospital of the practice seed, whatever seeds the run is for."""
        return hospital_of(PRACTICE_SEED, getattr(request.module, "PATIENTS", PATIENTS))

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Submission:
        """The learner's functions: `submission.name(arguments)`."""
        grade = grade_of(getattr(request, "function", None))
        answer = self._exercise(request.path).answer
        return Submission(answer, grade.seconds) if grade else Submission(answer)

    @pytest.fixture
    def document(self, request: pytest.FixtureRequest) -> Any:
        """The learner's YAML, Markdown and SQL answers: `document("note.yaml", {"threshold": float})`.

        Nested YAML is read with a form, `document("workflow.yaml", Workflow)`: see `wardround.grading.forms`. Of a
        Python file the text is returned, and nothing in it runs.
        """
        answer = self._exercise(request.path).answer

        def read(
            name: str, fields: "Fields | type[Form] | None" = None, *, others: bool = False
        ) -> "Document | Form | Prose | str":
            path = answer.path(name)
            answer.used.add(name)
            if isinstance(fields, type):
                from wardround.grading.forms import read_form

                return read_form(path, fields, others=others)
            if path.suffix == ".py":
                return read_text(path)
            if path.suffix == ".sql":
                return read_query(path)
            return read_prose(path) if path.suffix == ".md" else read_document(path, fields, others=others)

        return read

    @pytest.fixture
    def show(self, request: pytest.FixtureRequest) -> "Callable[[Picture], None]":
        """Takes pictures for the card and the report: `show(Table(...))`; at most eight, later ones are left out."""
        shown = request.node.stash.setdefault(SHOWN, [])

        def take(picture: "Picture") -> None:
            from wardround.grading.pictures import Picture

            if not isinstance(picture, Picture):
                raise TypeError(f"show() takes a picture such as Table or Lines; got {type(picture).__name__}")
            if len(shown) < MOST_PICTURES:
                shown.append(picture)

        return take

    def _exercise(self, checks: Path) -> Exercise:
        if checks not in self.exercises:
            self.exercises[checks] = Exercise(checks, self.catalog, self.answers)
        return self.exercises[checks]

    # Collection ---------------------------------------------------------------------------------------------------

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run a check that uses the hospital, or the seed itself, once for each seed."""
        if grade_of(metafunc.function) and "seed" in metafunc.fixturenames:
            names = [f"seed {seed}" for seed in self.seeds]
            metafunc.parametrize("seed", self.seeds, indirect=True, ids=names, scope="session")

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the checks of what the learner has not chosen: nobody owes them, so no count names them."""
        graded = [item for item in items if isinstance(item, pytest.Function) and grade_of(item.function)]
        files = dict.fromkeys(item.path for item in graded)
        chosen = {i for file in files for i in self._exercise(file).chosen([g for g in graded if g.path == file])}
        left = set(graded) - chosen
        items[:] = [item for item in items if item not in left]

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Count the checks that -k, or a name, leaves out: their points are not part of the card."""
        for item in items:
            if isinstance(item, pytest.Function) and grade_of(item.function):
                self._exercise(item.path).not_run += 1

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Sort the checks by exercise; hush pytest's own report if there is nothing but checks."""
        graded = [i for i in session.items if isinstance(i, pytest.Function) and grade_of(i.function)]
        for item in graded:
            self._exercise(item.path).items.append(item)
        for exercise in self.exercises.values():
            exercise.graded = digests(exercise.answer_folder, exercise.answer.files)
        self.count = len(graded)
        ran = [exercise for exercise in self.exercises.values() if exercise.items]
        if len(ran) > 1 and (self.answers or self.scorecard_file):
            names = ", ".join(exercise.checks.name for exercise in ran)
            raise pytest.UsageError(
                f"--submission and --scorecard take one exercise at a time, but there are {len(ran)} ({names}). "
                "Name one: pytest FOLDER/<exercise>"
            )
        self.ground = Ground({item.module for item in graded})
        if (graded or self.unready) and len(graded) == len(session.items) and not self.config.option.collectonly:
            self.config.option.verbose = min(self.config.option.verbose, -2)

    # Running ------------------------------------------------------------------------------------------------------

    def pytest_runtest_logstart(self) -> None:
        """Say how far the run has come: always on a terminal, elsewhere only when it takes long."""
        self.started += 1
        if self.config.option.verbose > -2:
            return  # pytest shows its own progress
        reporter = self.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None:
            return
        text = f"checking {min(self.started, self.count)} of {self.count} ..."
        if _is_terminal(reporter):
            reporter.write(f"\r{text}", flush=True)
            self.shown = True
        elif time.monotonic() - self.began > 2:
            reporter.write_line(text)
            self.began = time.monotonic()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Say what to install before anything, a fixture of ours too, can fail for the lack of it."""
        if isinstance(item, pytest.Function) and grade_of(item.function):
            sentence = self._exercise(item.path).lacking
            if sentence:
                item.stash[VERDICT] = Result("waiting", sentence)
                pytest.fail(sentence, pytrace=False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Literal[True] | None:
        """Run a check and keep its verdict. What fails carries the sentence, without a traceback of ours."""
        grade = grade_of(pyfuncitem.function)
        if grade is None:
            return None
        exercise = self._exercise(pyfuncitem.path)
        exercise.answer.used.clear()
        names = pyfuncitem._fixtureinfo.argnames
        arguments = {name: pyfuncitem.funcargs[name] for name in names}
        seed = _seed_of(pyfuncitem) or 0
        random.seed(seed)  # an answer that draws without a seed of its own is at least graded the same each time
        np.random.seed(seed)
        try:
            if grade.choice:
                exercise.expect_choice()
            pyfuncitem.obj(**arguments)
            result = Result("done")
        except Verdict as verdict:
            outcome: Literal["not yet", "waiting"] = "waiting" if isinstance(verdict, Waiting) else "not yet"
            result = Result(outcome, verdict.sentence, verdict.trace, verdict.printed, hint=verdict.hint)
        except pytest.skip.Exception as skipped:
            result = Result("waiting", str(skipped.msg))
        except (Exception, pytest.fail.Exception) as error:
            result = Result("waiting", our_fault(error, pyfuncitem.path), our_fault=True)
        replaced = self.ground.restore() if self.ground else []
        shown = pyfuncitem.stash.setdefault(SHOWN, [])
        if replaced:  # then neither a "done" nor a fault of ours can be believed, and no picture
            result, shown = Result("not yet", replacing(replaced), hint=""), []
        result = replace(result, uses=tuple(sorted(exercise.answer.used)), pictures=tuple(shown))
        pyfuncitem.stash[VERDICT] = result
        if result.outcome != "done":
            pytest.fail(f"{result.outcome}: {result.message}", pytrace=False)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note the verdict under the check and its seed."""
        report = yield
        if not isinstance(item, pytest.Function) or grade_of(item.function) is None:
            return report
        report.wardround = True  # type: ignore[attr-defined]  # reports take attributes of plugins
        result = item.stash.get(VERDICT, None) if report.when == "call" or call.excinfo else None
        if report.failed and result is None and call.excinfo is not None:  # a fixture of ours, before or after
            result = Result("waiting", our_fault(call.excinfo.value, item.path), our_fault=True)
        if result is not None:
            self.results.setdefault(f"{item.path}::{item.originalname}", {})[_seed_of(item)] = result
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str] | None:
        """Keep checks out of pytest's letters, failure texts and counts: the card tells all of it."""
        return ("", "", "") if hasattr(report, "wardround") else None

    # Reporting ----------------------------------------------------------------------------------------------------

    @pytest.hookimpl(tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print a card for each exercise."""
        exercises = [exercise for exercise in self.exercises.values() if exercise.items]
        if self.shown:
            terminalreporter.write("\r" + " " * 40 + "\r")
        for checks, sentence in self.unready.items():
            write_unready(terminalreporter, self._exercise(checks).title, sentence)
        if exercises and self.results:
            cards = [self._card(exercise) for exercise in exercises]
            write_cards(terminalreporter, exercises, cards, self.unseen, self.catalog, report=self.reported)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the scorecard, and leave no module of the learner's behind."""
        for exercise in self.exercises.values():
            exercise.answer.close()
        ran = [exercise for exercise in self.exercises.values() if exercise.items]
        if self.unready and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        interrupted = session.exitstatus == pytest.ExitCode.INTERRUPTED
        if not self.results or interrupted or hasattr(self.config, "workerinput"):
            return
        for exercise in ran:
            self._remember(exercise)
        if not ran:
            return
        path: Path | None = None
        try:
            if path := self.scorecard_file:
                write_json(path, self._card(ran[0]).as_json())
            if path := self.report_file:
                self._report(path, ran)
                self.reported = path
        except OSError as error:
            session.exitstatus = pytest.ExitCode.USAGE_ERROR
            kind = "scorecard" if path == self.scorecard_file else "report"
            sys.stderr.write(f"The {kind} {path} could not be written: {error.strerror}.\n")

    def _report(self, path: Path, ran: list[Exercise]) -> None:
        """Write the run as a page; what draws it is loaded only now."""
        from wardround.grading.report import Graded, write_report

        graded = []
        for exercise in ran:
            card = self._card(exercise)
            step = next_step(card, self.unseen, exercise, self.catalog)
            graded.append(Graded(card, step, exercise.not_run, self.answers.name if self.answers else ""))
        unready = [(self._exercise(checks).title, sentence) for checks, sentence in self.unready.items()]
        write_report(path, graded, unready, self.unseen, when(datetime.now(UTC)))

    def _remember(self, exercise: Exercise) -> None:
        """Keep a run of all checks for `wardround progress`."""
        card = self._card(exercise)
        if exercise.entry and not self.answers and not exercise.not_run and card.max_points == WHOLE:
            home, checks = exercise.checks.parent, [vars(check) for check in card.checks]
            unseen = self.unseen if card.seeds else ()
            remember(exercise.entry, home, exercise.graded, seeds=card.seeds, unseen=unseen, checks=checks)

    def _card(self, exercise: Exercise) -> Scorecard:
        return exercise.scorecard(self.results, self.seeds)


def _seed_of(item: pytest.Function) -> int | None:
    """Return the seed that this run of a check is for; None if the check uses none."""
    callspec: Any = getattr(item, "callspec", None)
    seed = callspec.params.get("seed") if callspec else None
    return int(seed) if seed is not None else None


def our_fault(error: BaseException, checks: Path) -> str:
    """Say that a check broke by itself, and where, so that it can be reported."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename) == checks] or frames[-1:]
    place = f" ({Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""
    text = " ".join(str(error).split())[:200]
    return (
        f"This check failed by our own fault, not by yours: {type(error).__name__}: {text}{place}. "
        f"Please report it with this line: {ISSUES}"
    )


def _is_terminal(reporter: Any) -> bool:
    answer = reporter.isatty  # an attribute in some versions of pytest, a method in others
    return bool(answer() if callable(answer) else answer)
