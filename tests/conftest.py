"""What all tests share: the handbook, really built, once, and a browser to read it with.

WARDROUND_BROWSER names the browser; WARDROUND_REQUIRE_BROWSER=1 makes its absence a failure.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
LONGEST_BUILD = 600  # seconds
KNOWN_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
STRICT = ("-n", "-W", "--keep-going")  # as noxfile.py builds

LONG = ("test_exercises.py", "test_browser.py", "test_finder.py")  # who begins late ends alone


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, so that the workers end at about the same time."""
    items.sort(key=lambda item: LONG.index(item.path.name) if item.path.name in LONG else len(LONG))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built HTML handbook: what WARDROUND_SITE names, or docs/ built once for all workers."""
    if given := os.environ.get("WARDROUND_SITE"):
        return Path(given).resolve(strict=True)
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent  # the workers of one run stand side by side in it
    out, log = shared / "site", shared / "site.log"
    try:
        (shared / "site.building").mkdir()
    except FileExistsError:  # another worker builds it
        give_up = time.monotonic() + LONGEST_BUILD
        while not log.exists():
            if time.monotonic() > give_up:
                pytest.fail(f"No other worker has finished the handbook within {LONGEST_BUILD} s.")
            time.sleep(0.2)
    else:
        part = log.with_suffix(".part")
        doctrees = ("-d", str(shared / "doctrees"))
        command = [sys.executable, "-m", "sphinx", "-q", *STRICT, "-b", "html", *doctrees, "docs", str(out)]
        with part.open("w", encoding="utf-8") as file:
            done = subprocess.run(
                command, check=False, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT, timeout=LONGEST_BUILD
            )
            file.write(f"\nsphinx-build ended with {done.returncode}\n")
        part.rename(log)
    said = log.read_text(encoding="utf-8")
    if not said.endswith("ended with 0\n"):
        pytest.fail(f"docs/ does not build:\n{said[-3000:]}")
    return out


def absent(reason: str) -> None:
    """Skip, or fail where a browser is required."""
    if os.environ.get("WARDROUND_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed: pip install --group browser")
    program = os.environ.get("WARDROUND_BROWSER") or next(filter(None, map(shutil.which, KNOWN_BROWSERS)), None)
    if program is None:
        absent("no Chromium here: install one, or name it in WARDROUND_BROWSER")
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=program, args=FLAGS)
        yield chromium
        chromium.close()
