"""What a person runs: `nox -s handbook`, `live`, `tests`, `lint`, `links`, `bench`, `lock`."""

import os
import shutil
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.10.9"
nox.options.default_venv_backend = "uv|virtualenv"  # uv where it is installed, for speed; pip does as well
nox.options.sessions = ["handbook"]
nox.options.reuse_existing_virtualenvs = True

PROJECT = nox.project.load_toml("pyproject.toml")
DIST = Path("dist")
CACHE = Path(".cache")  # what builds work in; dist/ is replaced only by a build without a fault
DOCTREES = CACHE / "doctrees"  # shared by HTML and PDF, so that each page is read once
PINNED = ["-c", "constraints.txt"]
STRICT = ["-n", "-W", "--keep-going"]  # every warning, a dangling reference too, is an error; list them all first


def extra(name: str) -> list[str]:
    """The requirements of one of the package's extras."""
    return PROJECT["project"]["optional-dependencies"][name]


def group(name: str) -> list[str]:
    """The requirements of one of the dependency groups."""
    return nox.project.dependency_groups(PROJECT, name)


def sphinx(session: nox.Session, builder: str, out: Path, *flags: str) -> None:
    """Run one Sphinx builder over docs/ into `out`."""
    session.run("sphinx-build", "-b", builder, "-j", "auto", "-d", str(DOCTREES), *flags, "docs", str(out))


def install_docs(session: nox.Session) -> None:
    """Install what builds the handbook, and no more: the learner's 450 MB are not needed to read."""
    session.install(*PINNED, *extra("docs"))
    session.install("--no-deps", "-e", ".")


@nox.session
def handbook(session: nox.Session) -> None:
    """Build dist/html/index.html and dist/handbook.pdf."""
    install_docs(session)
    sphinx(session, "html", CACHE / "html", *STRICT)
    sphinx(session, "handbookpdf", CACHE / "pdf", *STRICT)
    shutil.rmtree(DIST / "html", ignore_errors=True)
    shutil.copytree(CACHE / "html", DIST / "html")
    shutil.copyfile(CACHE / "handbook.pdf", DIST / "handbook.pdf")
    shutil.copyfile(CACHE / "handbook.pdf", DIST / "html" / "handbook.pdf")  # for the site's own link to it
    session.log(f"The site is in {(DIST / 'html' / 'index.html').resolve()}")
    session.log(f"The book is in {(DIST / 'handbook.pdf').resolve()}")


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
    session.install(*PINNED, "-e", ".[docs]", *group("test"), *group("browser"))
    # Two workers, each a whole file at a time: the browser tours the site once.
    session.run("pytest", "-n", "2", "--dist", "loadfile", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style with ruff and types with mypy."""
    session.install(*PINNED, "-e", ".[docs]", *group("lint"))
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")
    session.run("mypy")


@nox.session
def links(session: nox.Session) -> None:
    """List outside links that no longer answer. Never part of a build: other sites' bad days are not ours."""
    install_docs(session)
    session.run(
        "sphinx-build", "-b", "linkcheck", "-d", str(DOCTREES), "docs", str(DIST / "links"), success_codes=[0, 1]
    )
    session.log(f"The list is in {DIST / 'links' / 'output.txt'}")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what we promise (CPU seconds, sizes, memory) and print it beside the budget."""
    session.install(*PINNED, "-e", ".[docs]")
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
