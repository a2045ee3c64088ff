"""The handbook as its readers get it: the site and the book, really built, every warning an error."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pypdf import PdfReader

ROOT = Path(__file__).parent.parent


class Anchors(HTMLParser):
    """Collects what a page links to and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("id"):
            self.ids.add(values["id"])
        if tag == "a" and values.get("href"):
            self.links.append(values["href"])


@pytest.fixture(scope="session")
def book(site: Path, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """The PDF of docs/, from the doctrees of the site where they lie beside it."""
    out = tmp_path_factory.mktemp("book")
    cache = site.parent / "doctrees" if (site.parent / "doctrees").is_dir() else out / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "handbookpdf", "-d", str(cache)]
    done = subprocess.run(
        [*command, "docs", str(out / "pdf")], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return PdfReader(out / "handbook.pdf")


def test_every_internal_link_of_the_site_arrives(site):
    pages = {
        path: Anchors(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if path.name != "404.html"
    }
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or unquote(parts.path).endswith(".pdf"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target not in pages:
                if not target.is_file():
                    dead.append(f"{path.relative_to(site)} -> {link}")
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                dead.append(f"{path.relative_to(site)} -> {link} (no such anchor)")
    assert dead == []


def test_no_page_asks_another_host_for_anything_but_a_click(site):
    loads = re.compile(
        r'<(?:script|img|iframe|source|video|audio)[^>]*\bsrc="(?:https?:)?//|@import|<link[^>]*rel="(?:stylesheet|preload)"[^>]*href="(?:https?:)?//'
    )
    assert [path.name for path in site.rglob("*.html") if loads.search(path.read_text(encoding="utf-8"))] == []


def test_the_book_holds_every_part_and_page_of_the_site(site, book):
    titles = []

    def walk(entries):
        for entry in entries:
            walk(entry) if isinstance(entry, list) else titles.append(entry.title)

    walk(book.outline)
    for page in site.rglob("*.html"):
        heading = re.search(r"<h1>(.*?)<a class=\"headerlink\"", page.read_text(encoding="utf-8"), re.DOTALL)
        if heading:
            title = re.sub(r"<[^>]+>", "", heading.group(1)).replace("&amp;", "&").strip()
            assert title in titles, f"{page.relative_to(site)} is not in the book"


def test_the_book_can_be_read_aloud_and_found(book):
    catalog = book.trailer["/Root"]
    assert catalog["/Lang"] == "en"
    assert catalog["/MarkInfo"]["/Marked"]
    assert book.metadata.title == "Ward Round"
    assert "healthcare" in book.metadata["/Keywords"]
    fonts = {font for page in book.pages for font in page["/Resources"].get("/Font", {}).values()}
    for font in fonts:
        descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)
