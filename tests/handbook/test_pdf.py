"""The book, really made: what a reader of the PDF finds in it, and what an author is told when it cannot be made."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pypdf
import pytest
from docutils import nodes
from pypdf.generic import Destination
from sphinx.testing.util import SphinxTestApp
from sphinx.util.console import strip_escape_sequences
from sphinx.util.docutils import SphinxDirective

from wardround.handbook.pdf import markup, tables
from wardround.handbook.pdf.book import Booklet
from wardround.handbook.pdf.translator import TypstTranslator

SAMPLE = Path(__file__).parent / "pdf_sample"
CONF = """
extensions = ["myst_parser", "sphinx_design", "wardround.handbook.pdf"]
project = "Small"
handbook_date = "2026-01-02"
"""


@dataclass(frozen=True)
class Book:
    """A built PDF: its file, what each page says (spaces joined), and the folder of its source."""

    file: Path
    reader: pypdf.PdfReader
    pages: tuple[str, ...]
    source: Path

    @property
    def text(self) -> str:
        return " ".join(self.pages)


def opened(file: Path, source: Path) -> Book:
    reader = pypdf.PdfReader(file)
    return Book(file, reader, tuple(" ".join(page.extract_text().split()) for page in reader.pages), source)


def sphinx_build(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "--keep-going", "-q", "-b", "handbookpdf"]
    return subprocess.run(
        [*command, "-d", str(folder / "doctrees"), str(SAMPLE), str(folder / "pdf")],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sample")


@pytest.fixture(scope="session")
def book(folder: Path) -> Book:
    """The sample project as a PDF, built without a warning."""
    done = sphinx_build(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return opened(folder / "sample.pdf", folder / "pdf")


@dataclass(frozen=True)
class Small:
    """A small build: where its PDF goes, what was warned, Sphinx's exit code."""

    pdf: Path
    said: str
    code: int

    def read(self) -> Book:
        return opened(self.pdf, self.pdf.parent / "out")


@pytest.fixture
def small(tmp_path: Path, folder: Path, book: Book, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Small]:
    """`small({"index.md": …})` builds a book of a few pages; `prepare` gets the app first."""
    fonts = next((folder / "doctrees" / "fonts").glob("pdf-*"))  # made for the sample: seconds saved on each test
    monkeypatch.setattr("wardround.handbook.pdf.builder.pdf_fonts", lambda _cache: fonts)

    def build(files: dict[str, str], prepare: Callable[[SphinxTestApp], None] = lambda _app: None) -> Small:
        source = tmp_path / "docs"
        for name, text in {"conf.py": CONF, **files}.items():
            file = source / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        warning = StringIO()
        app = SphinxTestApp(
            "handbookpdf", srcdir=source, builddir=tmp_path / "build", status=StringIO(), warning=warning,
            confoverrides={"handbook_pdf": str(tmp_path / "small.pdf")},
        )  # fmt: skip
        try:
            prepare(app)
            app.build(force_all=True)
        finally:
            app.cleanup()
        return Small(tmp_path / "small.pdf", strip_escape_sequences(warning.getvalue()), app.statuscode)

    return build


def bookmarks(reader: pypdf.PdfReader) -> list[tuple[int, str, int]]:
    """Every bookmark: its depth, its title, the index of its page."""
    found = []

    def walk(items: list[Destination | list[Destination]], depth: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, depth + 1)
            else:
                found.append((depth, str(item.title), reader.get_destination_page_number(item)))

    walk(reader.outline, 0)
    return found


def annotations(reader: pypdf.PdfReader) -> list[dict[str, object]]:
    return [ref.get_object() for page in reader.pages for ref in page.get("/Annots", [])]


# the file as a whole


def test_bookmarks_nest_part_chapter_page_and_section_and_lead_to_their_pages(book: Book) -> None:
    found = {title: (depth, page) for depth, title, page in bookmarks(book.reader)}
    for title, depth in {
        "Welcome": 0, "Reading matter": 0, "Running text": 1, "First heading": 2, "A third level": 3,
        "A landing": 1, "A child page": 2, "Inside the child": 3, "Looks & boxes": 0,
        "Boxes": 1, "Reference": 0, "Commands": 1,
    }.items():  # fmt: skip
        assert found[title][0] == depth, title
        assert title in book.pages[found[title][1]]


def test_pages_are_labelled_as_they_are_printed(book: Book) -> None:
    labels = book.reader.page_labels
    assert labels[1] == "ii"
    assert labels[2] == "1"
    chapter = next(page for _, title, page in bookmarks(book.reader) if title == "Tables")
    assert re.search(rf"Tables {labels[chapter]}\b", book.pages[1]), "the contents name the page"


def test_the_file_says_what_it_is_and_is_tagged(book: Book) -> None:
    root = book.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    said = book.reader.metadata
    assert said.title == "The sample & its #signs"
    assert said.author == "The sample's author"
    assert said.subject == "A sample book for the tests."
    assert said["/Keywords"] == "sample, tests"
    assert said.creation_date.date().isoformat() == "2026-03-04", "the newest page's `updated`"


def test_every_font_is_embedded(book: Book) -> None:
    names = set()
    for page in book.reader.pages:
        for reference in page["/Resources"].get("/Font", {}).values():
            font = reference.get_object()
            kind = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            assert any(key.startswith("/FontFile") for key in kind["/FontDescriptor"]), font["/BaseFont"]
            names.add(font["/BaseFont"].partition("+")[2])
    assert {"SourceSans3-Regular", "SourceSans3-SemiBold", "SourceSerif4-SemiBold"} <= names


def test_the_same_pages_make_the_same_bytes(book: Book, folder: Path) -> None:
    before = book.file.read_bytes()
    assert sphinx_build(folder).returncode == 0
    assert book.file.read_bytes() == before


def elements(book: Book) -> Iterator[dict[str, object]]:
    """Every element of the file's structure, as a screen reader walks it."""
    waiting = [book.reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop()
        if hasattr(node, "get_object"):
            node = node.get_object()
        if isinstance(node, dict):
            yield node
            kids = node.get("/K", [])
            waiting += kids if isinstance(kids, list) else [kids]


def test_pictures_have_words_or_are_decoration(book: Book) -> None:
    alts = {node.get("/Alt") for node in elements(book) if node.get("/S") == "/Figure" and "/Alt" in node}
    assert alts == {"A curve that rises and falls", "A small square", "dot"}


def test_headings_lists_and_table_heads_are_known_as_such(book: Book) -> None:
    kinds = [node.get("/S") for node in elements(book)]
    assert kinds.count("/TH") == 3 + 2 + 3 + 2 + 3 + 7 + 2, "each head cell of the sample's tables"
    assert {"/H1", "/H2", "/H3", "/H4", "/L", "/LI", "/BlockQuote", "/Code", "/Note", "/Caption"} <= set(kinds)


# links


def test_links_inside_lead_somewhere_and_links_outside_are_whole(book: Book) -> None:
    uris, inside = set(), 0
    for note in annotations(book.reader):
        if "/A" in note and note["/A"].get("/S") == "/URI":
            uris.add(note["/A"]["/URI"])
        else:
            target = note.get("/Dest") or note["/A"]["/D"]
            if isinstance(target, str):
                assert target in book.reader.named_destinations
            inside += 1
    assert inside > 25
    assert {
        "https://www.sphinx-doc.org/en/master/", "mailto:someone@example.org", "https://example.org/card",
        "https://example.org/button", "https://example.org/note", "https://doi.org/10.1126/science.aax2342",
        "https://www.example.org/a/very/long/address/that/does/not/fit/on/one/line/of/the/page/index.html?with=query&and=more",
        "https://handbook.example/orphan.html",
    } <= uris  # fmt: skip


def test_a_link_names_the_page_it_leads_to(book: Book) -> None:
    label = next(book.reader.page_labels[page] for _, title, page in bookmarks(book.reader) if title == "Running text")
    welcome = next(page for page in book.pages if "The front page says" in page)
    assert f"Running text (p. {label})" in welcome
    cards = next(page for page in book.pages if "Judged by whether a nurse" in page)
    assert f"p. {label}" in cards


def test_glossary_and_bibliography_are_found_without_page_numbers(book: Book) -> None:
    assert "The census is counted at midnight" in book.text
    assert re.search(r"Cited: \[Obermeyer et al\., 2019\]\.", book.text)
    assert "Dissecting racial bias" in book.text


# content


@pytest.mark.parametrize(
    "words",
    [
        "struck out", "electronic health record", "A quotation with emphasis", "Somebody who said it", "One epigraph.",
        "keeps its lines", "A rubric", "Centered words", "A version note.",
        "Text below the fourth.", "After the transition.",
        "A file, included", "wardround start software-engineer my-work", "parsed literal", "The first note, with code",
        "deeper", "A second paragraph of the first item.", "an open task", "With a second paragraph.", "its value",
        "Days from admission to discharge.", "the seed", "beta", "A sidebar", "A plain div.", "What went wrong once",
        "See also",
        "Footer words", "Header words", "outlined badge", "A plain grid item.", "Alone.", "Go to the tables",
        "Content of the first tab.", "Content of the second tab.", "Clinicians", "A worked example",
        "Inside the dropdown.",
        "No title here.", "The caption of the drawing.", "drawn words", "--seed", "The seed to draw from.",
        "Return the share of beds in use.", "Return how many beds it has.", "only for print",
    ],
)  # fmt: skip
def test_everything_a_page_says_is_printed(book: Book, words: str) -> None:
    assert words in book.text


def test_what_is_only_for_the_site_is_not_printed(book: Book) -> None:
    assert "only for the site" not in book.text
    assert "Not in the book." not in book.text


def test_an_abbreviation_is_explained_once(book: Book) -> None:
    assert book.text.count("(electronic health record)") == 1


def test_figures_tables_and_listings_are_numbered_and_referred_to(book: Book) -> None:
    for words in (
        "Table 1 Beds by ward",
        "Compare Table 1 with Table 2",
        "Fig. 1 The caption",
        "See Fig. 1",
        "See Listing 1",
    ):
        assert words in book.text


# page text is never code


@pytest.mark.parametrize(
    "words",
    [
        "#read(“/etc/passwd”) and #import “x”: * and $x^2$ and *stars* and _under_ and <label> and @reference",
        "and back\\slash and `tick` and “quotes” and ~tilde~ and [brackets] and {braces} and ;",
        "and #{ 1 + 1 } and 50 % of 3 - 4 and C:\\path\\n and \\u0041.",
        "= not a heading + not an enumeration - not a list / not: a term 1. not a number",
        '#let x = 1 // "quoted" \\ back ] ) ; [grinning face]',
        "Emoji [grinning face] and Chinese [cjk unified ideograph-4e2d] have no glyph. Arrows → and ≤ and 3 × 4 have.",
    ],
)
def test_hostile_text_is_printed_as_it_is(book: Book, words: str) -> None:
    assert words in book.text
    assert "root:" not in book.text


@pytest.mark.parametrize("value", ['"', "\\", '\\"]; #read("x")', "a\nb", "a\tb", '#"x";', "a\x00b\u2028c"])
def test_a_string_literal_holds_its_value_and_nothing_else(value: str) -> None:
    literal = markup.string(value)
    assert re.fullmatch(r'"(?:[^"\\\n\x00-\x1f]|\\.)*"', literal)


def test_running_text_keeps_its_outer_spaces_and_joins_its_inner_ones() -> None:
    assert markup.text(" a  b\nc ") == ' #"a b c"; '
    assert markup.text("71\u00a0%") == '#"71\u00a0%";', "a number stays beside its unit"
    assert markup.text("  ") == " "
    assert markup.text("") == ""


def test_a_word_too_long_for_a_line_may_break() -> None:
    assert markup.text("see https://example.org/a/long/address now") == (
        '#"see ";#long("https://example.org/a/long/address");#" now";'
    )


def test_a_wide_table_is_set_smaller_and_a_small_one_at_its_own_width() -> None:
    narrow = [tables.Column(4, 4, 20)] * 3
    wide = [tables.Column(40, 13, 400)] * 6
    assert tables.size_and_room(narrow)[0] > tables.size_and_room(wide)[0]
    assert "auto" in tables.widths(narrow, 88, None)
    assert "fr" in tables.widths(wide, 106, None)


# what an author is told


class odd(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """A node that a test's directive makes."""


class Odd(SphinxDirective):
    has_content = True

    def run(self) -> list[nodes.Node]:
        node = odd("", *self.parse_content_to_nodes())
        self.set_source_info(node)
        return [node]


def test_an_unknown_node_is_a_warning_that_names_the_page_and_the_remedy(small: Callable[..., Small]) -> None:
    def prepare(app: SphinxTestApp) -> None:
        app.add_node(odd)
        app.add_directive("odd", Odd)

    built = small({"index.md": "# Title\n\n```{odd}\ninside the odd one\n```\n"}, prepare)
    assert re.search(r"index\.md:3: WARNING: .*`odd` node.*app\.add_node\(odd, typst=", built.said)
    assert "inside the odd one" in built.read().text


def test_a_custom_node_writes_itself(small: Callable[..., Small]) -> None:
    def visit(translator: TypstTranslator, node: nodes.Element) -> None:
        said = translator.render(node.children)
        translator.out(f"#block[{said} and {said} {translator.escape('#end')}]\n\n")
        raise nodes.SkipNode

    def prepare(app: SphinxTestApp) -> None:
        app.add_node(odd, typst=(visit, None))
        app.add_directive("odd", Odd)

    built = small({"index.md": "# Title\n\n```{odd}\nso\n```\n"}, prepare)
    assert built.said == ""
    assert "so and so #end" in built.read().text


def test_html_with_content_is_a_warning(small: Callable[..., Small]) -> None:
    built = small({"index.md": '# Title\n\n<div class="box"></div>\n\n<p>said only here</p>\n'})
    assert re.search(r"index\.md:5: WARNING: .*said only here", built.said)
    assert built.said.count("WARNING") == 1


def test_a_picture_that_is_missing_is_a_warning_and_its_words_are_printed(small: Callable[..., Small]) -> None:
    built = small({"index.md": "# Title\n\n![a lost curve](lost.svg)\n"})
    assert "lost.svg" in built.said
    assert "a lost curve" in built.read().text


def test_a_book_that_cannot_be_made_leaves_the_old_one_and_says_where(small: Callable[..., Small]) -> None:
    good = small({"index.md": "# Title\n\nFirst edition.\n"})
    before = good.pdf.read_bytes()
    bad = small({"index.md": "# Title\n\nText.\n\n![broken](broken.svg)\n", "broken.svg": "<svg this is no svg"})
    assert bad.code != 0
    assert re.search(r"index\.md:5: ERROR: The PDF cannot be made: .*small\.pdf stays as it was before", bad.said)
    assert "Traceback" not in bad.said
    assert good.pdf.read_bytes() == before
    assert not list(good.pdf.parent.glob(".small-*")), "no half-written file is left"


def test_a_page_without_a_title_and_one_in_two_toctrees_are_printed_once(small: Callable[..., Small]) -> None:
    toctree = "```{toctree}\nplain\n```\n"
    built = small({"index.md": f"# Title\n\n{toctree}\n{toctree}", "plain.md": "Only a paragraph, see {doc}`index`.\n"})
    assert built.read().text.count("Only a paragraph") == 1


def test_a_wrong_date_is_said_in_a_sentence(small: Callable[..., Small]) -> None:
    with pytest.raises(Exception, match=r"handbook_date is '3 March'; write a day as YYYY-MM-DD"):
        small({"conf.py": CONF.replace("2026-01-02", "3 March"), "index.md": "# Title\n"})


BOOKLET_PAGES = {
    "index.md": "# Front\n\n```{toctree}\n:caption: All\n\na\nb\n```\n",
    "a.md": "# Alpha\n\nSee [beta](b.md), [its part](b.md#the-part) and [the front](index.md).\n",
    "b.md": "# Beta\n\n(the-part)=\n## The part\n\nSee [alpha](a.md).\n",
}


def booklet_of(small, conf: str, *booklets: Booklet) -> Small:
    def answer(app: SphinxTestApp) -> None:
        app.connect("handbook-booklets", lambda _app: list(booklets))

    return small({"conf.py": CONF + 'handbook_booklets = "../booklets"\n' + conf, **BOOKLET_PAGES}, answer)


def test_a_booklet_has_its_own_title_contents_and_links(small):
    parts = (("Route", ("a", "lost")), ("Reading", ("a", "missing")))
    made = booklet_of(small, 'html_baseurl = "https://x.example/h/"\n', Booklet("one", "Only alpha", "A part", parts))
    assert made.said == ""
    book = opened(made.pdf.parent / "build/booklets/one.pdf", made.pdf.parent)
    assert book.reader.metadata.title == "Small: Only alpha"
    assert "SMALL" in book.pages[0].upper()
    assert [title for _, title, _ in bookmarks(book.reader)] == ["Route", "Alpha"]  # pages that are not there are not
    links = [a.get_object().get("/A", {}) for page in book.reader.pages for a in page.get("/Annots", [])]
    addresses = {link["/URI"] for link in links if link.get("/S") == "/URI"}
    assert addresses == {
        "https://x.example/h/b.html",
        "https://x.example/h/b.html#the-part",
        "https://x.example/h/index.html",
    }
    assert made.read().reader.metadata.title == "Small"


def test_without_an_address_what_lies_outside_a_booklet_is_plain_text(small):
    made = booklet_of(small, 'html_baseurl = ""\n', Booklet("one", "Alpha", "", (("Route", ("a",)),)))
    book = opened(made.pdf.parent / "build/booklets/one.pdf", made.pdf.parent)
    assert "See beta, its part and the front." in book.text
    kinds = [a.get_object().get("/A", {}).get("/S") for page in book.reader.pages for a in page.get("/Annots", [])]
    assert "/URI" not in kinds


def test_the_title_page_shows_the_logo(small, tmp_path):
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"><text y="9" font-size="9">LOGOTEXT</text></svg>'
    )
    (tmp_path / "logo.svg").write_text(svg, encoding="utf-8")
    plain = small({"index.md": "# Front\n\nText.\n"}).read()
    shown = small(
        {"conf.py": f"{CONF}handbook_logo = {str(tmp_path / 'logo.svg')!r}\n", "index.md": "# Front\n\nText.\n"}
    )
    assert shown.said == ""
    assert len(shown.read().reader.pages[0].get_contents().get_data()) > len(
        plain.reader.pages[0].get_contents().get_data()
    )
