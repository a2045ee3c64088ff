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
from pathlib import Path
from typing import Any

import pytest

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
        plan: Name -> the hospital's seeds on which to grade that answer, each by itself.
        only: (name, seed) -> the checks to run; all of them where it does not say.

    Returns:
        (name, seed) -> the scorecard as JSON, with the CPU `seconds` that the run took.
    """
    only = only or {}
    runs = [
        (seed, name, str(answers[name]), list(only.get((name, seed), ())))
        for name, seeds in plan.items()
        for seed in seeds
    ]
    runs.sort(key=lambda run: run[0])  # seed by seed: a hospital is built once for all answers
    job = {"checks": str(checks), "runs": runs}
    # Only our plugin: what else happens to be installed cannot change a proof.
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}
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
    return {(row["answer"], row["seed"]): row["scorecard"] | {"seconds": row["seconds"]} for row in rows}


def _run(job: dict[str, Any]) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as scratch:
        target = Path(scratch) / "scorecard.json"
        for seed, name, folder, only in job["runs"]:
            target.unlink(missing_ok=True)
            printed, began = io.StringIO(), time.process_time()
            with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
                pytest.main(_arguments(job["checks"], only, folder, seed, target))
            if not target.is_file():
                raise RuntimeError(printed.getvalue())
            card = json.loads(target.read_text(encoding="utf-8"))
            yield {"answer": name, "seed": seed, "seconds": time.process_time() - began, "scorecard": card}


def _arguments(checks: str, only: Sequence[str], folder: str, seed: int, target: Path) -> list[str]:
    return [
        *([f"{checks}::{name}" for name in only] or [checks]),
        "-q",
        "-c",
        os.devnull,
        f"--rootdir={Path(checks).parent}",
        "--noconftest",
        "--assert=plain",  # check files hold no assert; rewriting them would cost a fifth of a short grading
        "--import-mode=importlib",
        "-p",
        "no:cacheprovider",
        "-p",
        "wardround.grading.plugin",
        f"--submission={folder}",
        f"--seed={seed}",
        f"--scorecard={target}",
    ]


if __name__ == "__main__":
    for row in _run(json.load(sys.stdin)):
        print(json.dumps(row), flush=True)
