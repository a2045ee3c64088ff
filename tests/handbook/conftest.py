"""A small handbook, built for real in a folder of its own."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences

CONF = """
# The parts under test; without the look, whose fonts would be cut anew for every test.
extensions = ["myst_parser", "sphinx_design", *(
    f"wardround.handbook.{part}"
    for part in ("career_map", "claims", "contract", "diagrams", "exercises", "lessons", "quiz"))]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "tasklist"]
html_theme = "basic"
exclude_patterns = ["_map/**"]
"""
HEAD = "---\ndescription: A page that a test builds.\nupdated: 2026-11-22\n---\n\n"


@dataclass(frozen=True)
class Built:
    """What a build left: the folder, what it warned, and what it read."""

    source: Path
    out: Path
    warnings: str
    read: frozenset[str]

    def html(self, page: str = "index") -> str:
        """A page as built."""
        return (self.out / f"{page}.html").read_text(encoding="utf-8")


@pytest.fixture
def handbook(tmp_path: Path) -> Iterator[Callable[..., Built]]:
    """`handbook({"index.md": "# Title"})` writes the files and builds; called again, it builds on what stands."""
    source, apps = tmp_path / "docs", []

    def build(files: dict[str, str], builder: str = "html") -> Built:
        (source / "_map").mkdir(parents=True, exist_ok=True)
        for name, text in {"conf.py": CONF, **files}.items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.read_text(encoding="utf-8") != text:
                file.write_text(text, encoding="utf-8")
        warning, read = StringIO(), set()
        app = SphinxTestApp(builder, srcdir=source, builddir=tmp_path / "build", status=StringIO(), warning=warning)
        apps.append(app)
        app.connect("source-read", lambda _app, docname, _text: read.add(docname))
        app.build()
        app.cleanup()
        return Built(source, app.outdir, strip_escape_sequences(warning.getvalue()), frozenset(read))

    yield build
    for app in apps:
        app.cleanup()
