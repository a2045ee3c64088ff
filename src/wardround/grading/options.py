"""The five options of a graded run, read and checked before anything is collected."""

import random
from dataclasses import dataclass
from pathlib import Path

import pytest

PRACTICE_SEED = 1
OPTIONS = pytest.StashKey["Options"]()


@dataclass(frozen=True)
class Options:
    """What the command line says about grading."""

    seeds: tuple[int, ...]
    unseen: tuple[int, ...]  # those of the seeds that were drawn at random
    submission: Path | None
    scorecard: Path | None
    report: Path | None


def read_options(config: pytest.Config) -> Options:
    """Return the options (the same each time: seeds are drawn once); raise UsageError for a wrong one."""
    if OPTIONS not in config.stash:
        seeds, unseen = _seeds(config)
        scorecard, report = _file(config, "scorecard"), _file(config, "report")
        if report and report.suffix.lower() not in {".html", ".htm"}:
            raise pytest.UsageError(f"--report {report.name}: name a file that ends in .html; a browser opens it.")
        config.stash[OPTIONS] = Options(seeds, unseen, _submission(config), scorecard, report)
    return config.stash[OPTIONS]


def _seeds(config: pytest.Config) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return all seeds of the run, and those of them that were drawn at random."""
    given = tuple(dict.fromkeys(config.getoption("wardround_seed", None) or (PRACTICE_SEED,)))
    count = config.getoption("wardround_unseen", 0)
    if any(seed < 0 for seed in given):
        raise pytest.UsageError(f"--seed takes whole numbers from 0; got {min(given)}.")
    if count < 0 or count > 1000:
        raise pytest.UsageError(f"--unseen takes how many seeds to draw, from 0 to 1000; got {count}.")
    drawn = random.SystemRandom().sample([n for n in range(1000, 100_000) if n not in given], count)
    return (*given, *drawn), tuple(drawn)


def _submission(config: pytest.Config) -> Path | None:
    given = config.getoption("wardround_submission", None)
    if given is None:
        return None
    folder: Path = config.invocation_params.dir / given
    if folder.is_file():
        raise pytest.UsageError(f"--submission {given} is a file. Unpack it, and give the folder with the answers.")
    if not folder.is_dir():
        raise pytest.UsageError(f"--submission {given}: there is no such folder. Give the one with your answer files.")
    return folder.resolve()


def _file(config: pytest.Config, option: str) -> Path | None:
    """Return the file that the run is to write for an option."""
    given = config.getoption(f"wardround_{option}", None)
    if given is None:
        return None
    path: Path = config.invocation_params.dir / given
    if not path.parent.is_dir() or path.is_dir():
        raise pytest.UsageError(f"--{option} {given}: name a file in a folder that exists.")
    return path
