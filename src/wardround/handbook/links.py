"""`nox -s links`: which outside links no longer answer. What answered lately is not asked again.

Sphinx's linkcheck asks; its answers are kept in a file, so that a second run on the same day asks only what failed.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from wardround.atomic import write_bytes

KEPT = timedelta(days=7)
FINE = {"working", "redirected"}


def read_answers(file: Path) -> dict[str, date]:
    """Return address -> the day on which it last answered; a file that is gone or damaged has none."""
    with suppress(OSError, ValueError, AttributeError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {str(address): date.fromisoformat(day) for address, day in kept.items()}
    return {}


def fresh(answers: dict[str, date], today: date) -> dict[str, date]:
    """Return the answers that are young enough to be trusted."""
    return {address: day for address, day in answers.items() if today - KEPT < day <= today}


def outcomes(lines: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (address, status, `file:line: what was said`) from the JSON lines that linkcheck leaves."""
    for line in lines:
        found = json.loads(line)
        where = f"{found['filename']}:{found['lineno']}: {found['uri']} {found['info']}".strip()
        yield found["uri"], found["status"], where


def check(docs: Path, doctrees: Path, out: Path, cache: Path) -> list[str]:
    """Ask every outside link that has not answered within a week; return what to look at, one line each."""
    today = datetime.now(UTC).date()
    answers = fresh(read_answers(cache), today)
    with patch_docutils(docs), docutils_namespace():
        app = Sphinx(docs, docs, out, doctrees, "linkcheck", warning=None)
        app.config.linkcheck_ignore += [f"{re.escape(address)}$" for address in answers]
        app.build()
    report = out / "output.json"
    found = list(outcomes(report.read_text(encoding="utf-8").splitlines())) if report.exists() else []
    answers |= {address: today for address, status, _ in found if status in FINE}
    text = json.dumps({address: day.isoformat() for address, day in sorted(answers.items())}, indent=1)
    write_bytes(cache, f"{text}\n".encode())
    return sorted({where for _, status, where in found if status in {"broken", "timeout"}})


def main() -> None:
    """Check the links of docs/ and list those that do not answer. Other sites' bad days are no fault of ours."""
    failing = check(Path("docs"), Path(".cache/doctrees"), Path(".cache/links"), Path(".cache/links.json"))
    sys.stdout.write("".join(f"{line}\n" for line in failing))
    sys.stdout.write(f"{len(failing)} addresses did not answer; those that did are not asked again for a week.\n")


if __name__ == "__main__":
    main()
