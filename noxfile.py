"""What a person runs: `nox -s handbook`, `live`, `tests`, `exercises`, `lint`, `links`, `bench`, `lock`."""

import os
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|virtualenv"  # uv where it is installed, for speed; pip does as well
nox.options.sessions = ["handbook"]
nox.options.reuse_existing_virtualenvs = True

PROJECT = nox.project.load_toml("pyproject.toml")
DIST = Path("dist")
CACHE = Path(".cache")  # what builds work in
DOCTREES = CACHE / "doctrees"
PINNED = ["-c", "constraints.txt"]


def extra(name: str) -> list[str]:
    """The requirements of one of the package's extras."""
    return PROJECT["project"]["optional-dependencies"][name]


def group(name: str) -> list[str]:
    """The requirements of one of the dependency groups."""
    return nox.project.dependency_groups(PROJECT, name)


def install_docs(session: nox.Session) -> None:
    """Install what builds the handbook, and no more: the learner's 450 MB are not needed to read."""
    session.install(*PINNED, *extra("docs"))
    session.install("--no-deps", "-e", ".")


EXTRAS = [name for part in ("api", "chem", "fhir", "imaging", "rwe") for name in extra(part)]  # of some exercises


@nox.session
def handbook(session: nox.Session) -> None:
    """Build the site, the PDFs and the offline zip into dist/; `-- --course my-course.toml` makes a course's own."""
    install_docs(session)
    session.run("python", "-m", "wardround.handbook.publish", *session.posargs)


@nox.session
def live(session: nox.Session) -> None:
    """Serve the pages, rebuild on every save and open the browser."""
    install_docs(session)
    watch = [f"--watch={path}" for path in ("src/wardround", "exercises")]
    session.run(
        "sphinx-autobuild",
        "-n",
        "-d",
        str(CACHE / "live-doctrees"),  # of its own: other flags would make each build read every page again
        "--open-browser",
        *watch,
        "docs",
        str(CACHE / "live"),
        *session.posargs,
    )


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests (pass pytest's own options after `--`)."""
    session.install(*PINNED, "-e", ".[docs]", *EXTRAS, *group("test"), *group("browser"))
    # Three workers, as one of them often waits for the browser; each takes a whole file at a time (the site is toured
    # once), the longest first: see conftest.py.
    session.run("pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", *session.posargs)


@nox.session
def exercises(session: nox.Session) -> None:
    """Prove the grading: every solution, starter and mistake on 20 hospitals (30 minutes; `-- --seeds 6` asks less)."""
    session.install(*PINNED, "-e", ".", *EXTRAS)
    session.run("wardround", "dev", "check", "--seeds", "20", "--jobs", str(os.cpu_count() or 1), *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style with ruff and types with mypy."""
    session.install(*PINNED, "-e", ".[docs,fhir,imaging]", *group("lint"))  # pydicom's and FHIR's types are checked too
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session
def links(session: nox.Session) -> None:
    """List outside links that no longer answer. Never part of a build: other sites' bad days are not ours."""
    install_docs(session)
    session.run("python", "-m", "wardround.handbook.links")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what we promise (CPU seconds, sizes, memory) and print it beside the budget."""
    session.install(*PINNED, "-e", ".[docs]", *EXTRAS, *group("test"))  # pypdf counts the book's pages
    session.run("python", "tests/bench.py", *session.posargs)


@nox.session
def lock(session: nox.Session) -> None:
    """Refresh constraints.txt: once a term, then run the tests."""
    session.install("uv")
    session.run(
        "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--upgrade", "--no-annotate",
        "--no-emit-package", "wardround", "--all-extras", "--group", "dev", "--custom-compile-command", "nox -s lock",
        "pyproject.toml", "-o", "constraints.txt",
        env={"UV_INDEX_URL": os.environ.get("UV_INDEX_URL", "")} if "UV_INDEX_URL" in os.environ else None,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(nox.main())
