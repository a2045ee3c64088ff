"""Measure what the project promises and print it beside the budget: `nox -s bench`.

CPU seconds of child processes, not wall time: machines are shared. It prints and never fails; a figure over its budget
is marked, and a person decides. POSIX only (it asks the kernel what a child process used).
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from wardround.catalog import load_catalog
from wardround.handbook.offline import pack

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGE = DOCS / "guide/domains/hospital-operations.md"  # a typical page, for the one-page rebuild
BROKEN = "software-engineer/1", "readmission.py"  # the answer that gets a syntax error

# (what, budget, unit); the budgets are those of CONTRIBUTING.md.
Figure = tuple[str, float, float, str]


def run(*command: str, cwd: Path = ROOT, ends: int = 0) -> tuple[float, float]:
    """Run a command that ends with this exit code; return (CPU seconds with its children, peak memory in MB)."""
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != ends:
        sys.exit(f"{' '.join(command)} failed:\n{output[-2000:]}")
    scale = 1024 * 1024 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss / scale


def python(code: str) -> tuple[float, float]:
    """The same for a piece of Python."""
    return run(sys.executable, "-c", code)


def builds(work: Path) -> Iterator[Figure]:
    """Cold build, one-page rebuild, PDF; then the weight of the pages."""
    docs, cache, site = work / "docs", work / "cache", work / "html"
    shutil.copytree(DOCS, docs)
    (work / "exercises").symlink_to(ROOT / "exercises")
    build = (sys.executable, "-m", "sphinx", "-q", "-d", str(cache))
    yield (
        "typefaces, once a checkout",
        python(f"""
from pathlib import Path
from wardround.handbook import fonts
fonts.web_fonts(Path({str(cache / "fonts")!r})), fonts.pdf_fonts(Path({str(cache / "fonts")!r}))""")[0],
        12,
        "CPU s",
    )
    pages = sum(1 for _ in docs.rglob("*.md"))
    yield f"cold HTML build, {pages} pages", run(*build, "-b", "html", str(docs), str(site))[0], 20.0, "CPU s"
    page = docs / PAGE.relative_to(DOCS)
    page.write_text(page.read_text(encoding="utf-8") + "\n<!-- touched -->\n", encoding="utf-8")
    yield "one-page rebuild", run(*build, "-b", "html", str(docs), str(site))[0], 3.0, "CPU s"
    cpu, _ = run(*build, "-b", "handbookpdf", str(docs), str(work / "pdf"))
    from pypdf import PdfReader

    books = [work / "handbook.pdf", *(work / "booklets").glob("*.pdf")]
    sheets = sum(len(PdfReader(book).pages) for book in books)
    yield f"PDFs: {len(books)}, {sheets} pages", cpu / sheets, 0.06, "s a page"
    yield "all PDFs", cpu, 40, "CPU s"
    shutil.copytree(work / "booklets", site / "booklets")
    shutil.copyfile(work / "handbook.pdf", site / "handbook.pdf")
    yield "offline zip, with all PDFs", pack(site, work / "site.zip") / 1e6, 30, "MB"
    lists = {"search.html", "genindex.html"}  # they carry the whole index
    plain, packed, foreign = max(weight(file, site) for file in site.rglob("*.html") if file.name not in lists)
    yield "heaviest first view", plain / 1000, 250, "KB"
    yield "heaviest first view, compressed", packed / 1000, 100, "KB"
    yield "requests to other hosts", foreign, 0, ""
    search = site / "searchindex.js"
    yield "search index, compressed", len(gzip.compress(search.read_bytes())) / 1000, 300, "KB"


def weight(page: Path, site: Path) -> tuple[int, int, int]:
    """Bytes of a page with styles, scripts and fonts, plain and gzipped; and how many foreign addresses it loads."""
    html = page.read_text(encoding="utf-8")
    loads = re.findall(r'<link[^>]+rel="(?:stylesheet|preload|icon)"[^>]*href="([^"]+)"', html)
    loads += re.findall(r'<(?:script|img)[^>]+src="([^"]+)"', html)
    loads += [
        link
        for tag in re.findall(r"<link[^>]+>", html)
        if "stylesheet" in tag
        for link in re.findall(r'href="([^"]+)"', tag)
    ]
    foreign = {link for link in loads if re.match(r"(https?:)?//", link)}
    files = {page}
    for link in set(loads) - foreign:
        file = (page.parent / link.split("?")[0].split("#")[0]).resolve()
        if file.is_file():
            files.add(file)
            if file.suffix == ".css":
                files |= {
                    font
                    for url in re.findall(r"url\(['\"]?([^)'\"?#]+)", file.read_text(encoding="utf-8"))
                    if (font := (file.parent / url).resolve()).suffix == ".woff2" and font.is_file()
                }
    data = [file.read_bytes() for file in files]
    return sum(map(len, data)), sum(len(gzip.compress(part)) for part in data), len(foreign)


def gradings(work: Path) -> Iterator[Figure]:
    """Every exercise's solution, and an answer that Python cannot read."""
    catalog = load_catalog()
    pytest = sys.executable, "-m", "pytest", "-q"
    for exercise in catalog.exercises:
        graded = run(*pytest, str(exercise.checks), "--submission", str(exercise.folder / "solution"))
        yield exercise.id, graded[0], 10, "CPU s"
    broken, name = catalog.get(BROKEN[0]), BROKEN[1]
    answer = shutil.copytree(broken.folder / "starter", work / "broken")
    (answer / name).write_text("def readmitted(:\n", encoding="utf-8")
    card = run(*pytest, str(broken.checks), "--submission", str(answer), ends=1)
    yield "a scorecard for a syntax error", card[0], 1.5, "CPU s"


def learner(work: Path) -> Iterator[Figure]:
    """The command line, the checks, the hospital."""
    baseline = python("pass")[0]
    yield "wardround --help", run(str(Path(sys.executable).parent / "wardround"), "--help")[0], 0.3, "CPU s"
    yield from gradings(work)
    tables = "admissions", "conditions", "labs"
    build = f"from wardround.hospital import build; h = build(1, {{}}); [h.table(name) for name in {tables}]"
    imports = python("import wardround.hospital, numpy")[0] - baseline
    small, _ = python(build.format(10_000))
    large, memory = python(build.format(1_000_000))
    yield "hospital, 10,000 patients", small - imports - baseline, 1, "CPU s"
    yield "hospital, 1,000,000 patients", large - imports - baseline, 20, "CPU s"
    yield "hospital, 1,000,000 patients, memory", memory / 1000, 1.5, "GB"


def main() -> None:
    """Print each figure as it is known."""
    print(f"{'what':52}{'measured':>10}{'budget':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for part in (builds, learner):
            for what, value, budget, unit in part(Path(folder)):
                mark = "" if value <= budget else "  over budget"
                print(f"{what:52}{value:10.2f}{budget:9g} {unit}{mark}", flush=True)


if __name__ == "__main__":
    main()
