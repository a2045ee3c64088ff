"""Grade many answers to one exercise in one process, so that pandas and the hospitals are loaded and built once.

`python -m wardround.authoring.proof` reads a job from stdin (JSON) and writes one scorecard a line to stdout.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

SEEDS_A_RUN = 4  # as many as the grader keeps hospitals
Scores = dict[tuple[str, int], dict[str, Any]]  # (answer, seed) -> scorecard as JSON


def grade_answers(
    checks: Path,
    answers: Mapping[str, Path],
    plan: Mapping[str, Sequence[int]],
    only: Mapping[tuple[str, int], Sequence[str]] | None = None,
) -> Scores:
    """Grade folders of answers with a check file, in a fresh Python process; raise RuntimeError if that breaks.

    Args:
        checks: The check file.
        answers: Name -> folder with the answer files.
        plan: Name -> the hospital's seeds on which to grade that answer.
        only: (name, seed) -> the checks to run; all of them where it does not say.

    Returns:
        (name, seed) -> the scorecard as JSON, with the CPU `seconds` that the run took.
    """
    runs = [run for name, seeds in plan.items() for run in _runs(name, answers[name], seeds, only or {})]
    runs.sort(key=lambda run: run["seeds"])  # the same seeds together: a hospital is built once for all answers
    job = {"checks": str(checks), "runs": runs}
    # Only our plugin: what else happens to be installed cannot change a proof.
    # One thread each: several proofs run at a time, and on small matrices threads cost more than they save.
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "wardround.authoring.proof"],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        check=False,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines() if line.startswith('{"answer"')]
    if done.returncode or len(rows) != len(runs):
        raise RuntimeError(f"{checks.name} could not be run to its end:\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}")
    return {
        (row["answer"], seed): _on_one_seed(row["scorecard"], seed) | {"seconds": row["seconds"] / len(row["seeds"])}
        for row in rows
        for seed in row["seeds"]
    }


def _runs(
    name: str, folder: Path, seeds: Sequence[int], only: Mapping[tuple[str, int], Sequence[str]]
) -> Iterator[dict[str, Any]]:
    """Yield the runs of pytest that grade one answer: a few seeds each, of those on which the same checks are asked."""
    for checks, alike in groupby(seeds, key=lambda seed: list(only.get((name, seed), ()))):
        together = list(alike)
        for first in range(0, len(together), SEEDS_A_RUN):
            batch = together[first : first + SEEDS_A_RUN]
            yield {"answer": name, "folder": str(folder), "seeds": batch, "only": checks}


def _on_one_seed(card: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return the card as it would be on one of its seeds; what a check says is from the first that it failed on."""
    checks = [
        check | ({"outcome": "done", "points": check["max_points"]} if _passed(check, seed) else {})
        for check in card["checks"]
    ]
    return card | {"seeds": [seed], "checks": checks, "points": sum(check["points"] for check in checks)}


def _passed(check: Mapping[str, Any], seed: int) -> bool:
    failed: list[int] = check["failed_on"]  # empty, too, where a check that asks for no hospital fails
    return bool(check["outcome"] == "done" or (failed and seed not in failed))


def _run(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "scorecard.json"
        for run in job["runs"]:
            target.unlink(missing_ok=True)
            printed, began = io.StringIO(), time.process_time()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                pytest.main(_arguments(job["checks"], run, target))
            if not target.is_file():
                raise RuntimeError(printed.getvalue())
            card = json.loads(target.read_text(encoding="utf-8"))
            seconds = time.process_time() - began
            yield {"answer": run["answer"], "seeds": run["seeds"], "seconds": seconds, "scorecard": card}


def _arguments(checks: str, run: Mapping[str, Any], target: Path) -> list[str]:
    return [
        *([f"{checks}::{name}" for name in run["only"]] or [checks]),
        "-q",
        "-c",
        os.devnull,
        f"--rootdir={Path(checks).parent}",
        f"--confcutdir={Path(checks).parent}",  # else pytest looks through every folder above it
        "--noconftest",
        "--assert=plain",  # check files hold no assert; rewriting them would cost a fifth of a short grading
        "--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:unraisableexception",  # it collects garbage five times at each end: up to half of a proof
        "-p",
        "wardround.grading.plugin",
        f"--submission={run['folder']}",
        *(f"--seed={seed}" for seed in run["seeds"]),
        f"--scorecard={target}",
    ]


if __name__ == "__main__":
    for row in _run(json.load(sys.stdin)):
        print(json.dumps(row), flush=True)
