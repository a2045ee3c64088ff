"""Everything a reader can take: `python -m wardround.handbook.publish [--course my-course.toml]`, as nox runs it.

The site with its PDFs and its zip goes to dist/html, the PDFs and the zip beside it; those of a course go to
dist/courses/<its name>, so that no build overwrites another. dist/ changes only after a build without a fault.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from wardround.course import Course, CourseError, read_course
from wardround.handbook import offline

DIST, CACHE = Path("dist"), Path(".cache")
STRICT = ("-n", "-W", "--keep-going")  # every warning, a dangling reference too, is an error; list them all first


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line and build; return the exit code. A faulty course file stops before Sphinx starts."""
    parser = argparse.ArgumentParser("nox -s handbook --", description="Build the site, the PDFs and the offline zip.")
    parser.add_argument("--course", type=Path, metavar="FILE", help="a course file; see docs/teach/course-file.md")
    file: Path | None = parser.parse_args(arguments).course
    try:
        course = read_course(file) if file else None
    except CourseError as error:
        print(error, file=sys.stderr)
        return 2
    folder = Path("courses", course.slug) if course else Path()
    work = CACHE / folder
    if course and (CACHE / "doctrees/fonts").is_dir():  # made once a checkout
        shutil.copytree(CACHE / "doctrees/fonts", work / "doctrees/fonts", dirs_exist_ok=True)
    shutil.rmtree(work / "booklets", ignore_errors=True)  # of pathways that the course had before
    given = ("-D", f"handbook_course={file.resolve()}") if file else ()
    for builder, out in (("html", work / "html"), ("handbookpdf", work / "pdf")):
        # HTML and PDF share their doctrees, so that each page is read once.
        options = ("-b", builder, "-j", "auto", "-d", str(work / "doctrees"), *STRICT, *given)
        command = [sys.executable, "-m", "sphinx", *options, "docs", str(out)]
        code = subprocess.run(command, check=False).returncode  # noqa: S603 - our own program, no shell
        if code:
            return code
    _put(work, DIST / folder, course)
    return 0


def _put(work: Path, dist: Path, course: Course | None) -> None:
    """Bring the site, the PDFs and the zip together, then exchange what stands in dist."""
    site = work / "site"
    shutil.rmtree(site, ignore_errors=True)
    shutil.copytree(work / "html", site)
    shutil.copyfile(work / "handbook.pdf", site / "handbook.pdf")
    shutil.copytree(work / "booklets", site / "booklets")
    packed = site / offline.name_of(course)
    size = offline.pack(site, packed)
    for name in ("html", "booklets"):
        shutil.rmtree(dist / name, ignore_errors=True)
    dist.mkdir(parents=True, exist_ok=True)
    shutil.copytree(site / "booklets", dist / "booklets")
    shutil.copyfile(site / "handbook.pdf", dist / "handbook.pdf")
    shutil.copyfile(packed, dist / packed.name)
    shutil.move(site, dist / "html")
    for what, path in (("site", "html/index.html"), ("book", "handbook.pdf"), ("zip", packed.name)):
        print(f"The {what} is in {(dist / path).resolve()}")
    count = len(list((dist / "booklets").glob("*.pdf")))
    print(f"{count} booklets are in {(dist / 'booklets').resolve()}; the zip has {size / 1e6:.0f} MB.")


if __name__ == "__main__":
    raise SystemExit(main())
