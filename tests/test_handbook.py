"""The handbook as its readers get it: the site and the book, really built, every warning an error."""

import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from pypdf import PdfReader

from wardround.careers import load

ROOT = Path(__file__).parent.parent
SITE = "https://wardround.github.io/wardround/"


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
def pdfs(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the PDFs of docs/, made from the doctrees of the site where they lie beside it."""
    out = tmp_path_factory.mktemp("book")
    cache = site.parent / "doctrees" if (site.parent / "doctrees").is_dir() else out / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-q", "-n", "-W", "--keep-going", "-b", "handbookpdf", "-d", str(cache)]
    done = subprocess.run(
        [*command, "docs", str(out / "pdf")], cwd=ROOT, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return out


@pytest.fixture(scope="session")
def book(pdfs: Path) -> PdfReader:
    """The book."""
    return PdfReader(pdfs / "handbook.pdf")


def test_every_internal_link_of_the_site_arrives(site):
    pages = {
        path: Anchors(path.read_text(encoding="utf-8")) for path in site.rglob("*.html") if path.name != "404.html"
    }
    dead = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or unquote(parts.path).endswith((".pdf", ".zip")):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if target not in pages:
                if not target.is_file():
                    dead.append(f"{path.relative_to(site)} -> {link}")
            elif parts.fragment and unquote(parts.fragment) not in pages[target].ids:
                dead.append(f"{path.relative_to(site)} -> {link} (no such anchor)")
    assert dead == []


def test_every_first_phase_is_three_clicks_from_the_front_page(site):
    """By the links of the pages themselves: the menu, where everything is near, does not count."""

    def links(page: Path) -> set[Path]:
        article = page.read_text(encoding="utf-8").partition("<article")[2].partition("</article>")[0]
        found = {(page.parent / link).resolve() for link in re.findall(r'<a\b[^>]*\bhref="([^":#?]+\.html)', article)}
        return {target for target in found if target.is_file()}

    goals = set(site.glob("pathways/*/phase-1.html"))
    reached = layer = {site / "index.html"}
    for _click in range(3):
        layer = set().union(*map(links, layer)) - reached
        reached = reached | layer
    assert len(goals) == 6
    assert goals <= reached, f"too far away: {sorted(goals - reached)}"


def test_no_page_asks_another_host_for_anything_but_a_click(site):
    loads = re.compile(
        r'<(?:script|img|iframe|source|video|audio)[^>]*\bsrc="(?:https?:)?//|@import|<link[^>]*rel="(?:stylesheet|preload)"[^>]*href="(?:https?:)?//'
    )
    assert [path.name for path in site.rglob("*.html") if loads.search(path.read_text(encoding="utf-8"))] == []


def test_the_pages_link_to_every_file_that_is_published_beside_them(site):
    names = {"handbook.pdf", "ward-round.zip", *(f"booklets/{pathway.id}.pdf" for pathway in load().pathways)}
    links = Anchors((site / "index.html").read_text(encoding="utf-8")).links
    assert names <= set(links)
    for pathway in load().pathways:
        page = Anchors((site / f"{pathway.page}.html").read_text(encoding="utf-8"))
        assert f"../../booklets/{pathway.id}.pdf" in page.links


@pytest.mark.parametrize("pathway", load().pathways, ids=lambda pathway: pathway.id)
def test_a_booklet_holds_its_route_and_reading_and_links_to_the_rest(pathway, pdfs, site):
    booklet = PdfReader(pdfs / f"booklets/{pathway.id}.pdf")
    assert booklet.metadata.title == f"Ward Round: {pathway.name}"
    assert booklet.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pathway.name.split()[0] in booklet.pages[0].extract_text()
    assert "Contents" in booklet.pages[1].extract_text()
    titles = outline(booklet)
    for docname in (pathway.page, f"pathways/{pathway.id}/phase-3", *pathway.reading):
        assert heading(site / f"{docname}.html") in titles, docname
    assert len(booklet.pages) < 120
    links = [a.get_object().get("/A", {}) for page in booklet.pages for a in page.get("/Annots", [])]
    outside = {str(link["/URI"]).partition("#")[0] for link in links if link.get("/S") == "/URI"}
    ours = {link.removeprefix(SITE) for link in outside if link.startswith(SITE)}
    assert ours, "a link to a page outside the booklet leads to the site"
    assert [link for link in ours if not (site / link).is_file()] == []
    assert not any(link.startswith("handbook:") for link in outside)


def test_the_book_holds_every_part_and_page_of_the_site(site, book):
    titles = outline(book)
    for page in site.rglob("*.html"):
        if title := heading(page):
            assert title in titles, f"{page.relative_to(site)} is not in the book"


def outline(pdf: PdfReader) -> list[str]:
    """The titles of all bookmarks."""

    def walk(entries):
        for entry in entries:
            yield from walk(entry) if isinstance(entry, list) else [entry.title]

    return list(walk(pdf.outline))


def heading(page: Path) -> str:
    """The H1 of a page in plain words; empty where it has none."""
    found = re.search(r"<h1>(.*?)<a class=\"headerlink\"", page.read_text(encoding="utf-8"), re.DOTALL)
    return re.sub(r"<[^>]+>", "", found.group(1)).replace("&amp;", "&").strip() if found else ""


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
