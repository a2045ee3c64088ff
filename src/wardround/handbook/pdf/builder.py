"""The builder: all pages in reading order, one compilation a book, and a new PDF only if all goes well."""

import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Set
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.display import progress_message

from wardround.handbook.fonts import PDF_CHARACTERS, pdf_fonts
from wardround.handbook.pdf.book import SCHEME, Anchors, Booklet, Chapter, order_of, reading_order
from wardround.handbook.pdf.characters import unprintable
from wardround.handbook.pdf.frame import TEMPLATE, Book, code_theme, main_file, palette_file
from wardround.handbook.pdf.translator import TypstTranslator
from wardround.palette import for_print

if TYPE_CHECKING:
    import typst

logger = logging.getLogger(__name__)

WHOLE, BOOKLETS = "handbook", "booklets"  # folders of Typst source


class HandbookPdfBuilder(Builder):
    """`sphinx-build -b handbookpdf docs dist/pdf`: Typst source in dist/pdf, the book where `handbook_pdf` says."""

    name = "handbookpdf"
    format = "typst"
    epilog = "The book's Typst source is in %(outdir)s."
    default_translator_class: ClassVar[type[nodes.NodeVisitor]] = TypstTranslator
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]

    def init(self) -> None:
        """Start with no picture seen."""
        self._pictures: dict[str, tuple[str, int | None]] = {}

    def get_outdated_docs(self) -> str:
        """Every page: page numbers run through the whole book."""
        return "all pages"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The address of a page while references are resolved."""
        return SCHEME + docname

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same from everywhere: the book is one document."""
        return SCHEME + to

    def prepare_writing(self, docnames: Set[str]) -> None:
        """Nothing to prepare."""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write the Typst source of the handbook and its booklets, compile each and put the PDFs in place."""
        with progress_message("putting the pages in order", nonl=False):
            books = self._books()
            pages = dict.fromkeys(chapter.docname for book in books for part in book.parts for chapter in part.chapters)
            trees = {docname: self._resolved(docname) for docname in pages}
            fonts = _fonts(pdf_fonts(Path(self.doctreedir, "fonts")))
            missing = unprintable(_texts(trees.values(), *self._words(books)), PDF_CHARACTERS, fonts)
            self._write_common()
        for book in books:
            with progress_message(f"setting {book.target.name}"):
                self._write_book(book, trees, missing)
                if not self._compile(book, fonts):
                    break  # a booklet of the same pages would only say the same again

    def _books(self) -> list[Book]:
        """The handbook, and the booklets that extensions name (event `handbook-booklets`)."""
        config, out = self.config, Path(self.outdir)
        target = (out / config.handbook_pdf).resolve()
        books = [Book(config.project, config.handbook_subtitle, "", reading_order(self.env), WHOLE, target)]
        named: list[list[Booklet]] = self.events.emit("handbook-booklets") if config.handbook_booklets else []
        for booklet in (one for several in named for one in several):
            target = (out / config.handbook_booklets / f"{booklet.name}.pdf").resolve()
            parts, folder = order_of(self.env, booklet), f"{BOOKLETS}/{booklet.name}"
            if parts:
                books.append(Book(booklet.title, booklet.subtitle, config.project, parts, folder, target))
        return books

    def _resolved(self, docname: str) -> nodes.document:
        tree = self.env.get_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        self.env.apply_post_transforms(tree, docname)
        return tree

    def _write_book(self, book: Book, trees: dict[str, nodes.document], missing: dict[int, str]) -> None:
        chapters = [chapter for part in book.parts for chapter in part.chapters]
        anchors = Anchors()
        for chapter in chapters:
            anchors.add_page(chapter.docname, trees[chapter.docname])
        anchors.settle()
        titles = {chapter.docname: self.env.titles[chapter.docname].astext() for chapter in chapters}
        day = self._day()
        edition = f"{day.day} {day:%B} {day.year}"
        frame = main_file(
            book, self.config, edition=edition, logo=self._logo(), anchors=anchors, titles=titles, missing=missing
        )
        self._write(book.main, frame)
        counts: Counter[str] = Counter()
        for chapter in chapters:
            source = self._chapter(chapter, trees[chapter.docname], anchors, missing, counts)
            self._write(book.file_of(chapter.docname), source)

    def _chapter(
        self, chapter: Chapter, tree: nodes.document, anchors: Anchors, missing: dict[int, str], counts: Counter[str]
    ) -> str:
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        translator.begin(chapter, anchors, missing, counts)
        tree.walkabout(translator)
        self._pictures = {**translator.pictures, **self._pictures}
        return f'#import "/template.typ": *\n{translator.finished()}'

    def _write_common(self) -> None:
        """What every book stands on: the template, the colours, the colours of code."""
        for folder in (WHOLE, BOOKLETS, "images"):
            shutil.rmtree(Path(self.outdir, folder), ignore_errors=True)  # what earlier pages left
        colours = for_print(self.config)
        self._write("template.typ", TEMPLATE.read_text(encoding="utf-8"))
        self._write("palette.typ", palette_file(colours))
        self._write("code.tmTheme", code_theme(colours))

    def _logo(self) -> str:
        """The logo's path in the output folder; empty without one."""
        if not self.config.handbook_logo:
            return ""
        source = Path(self.config.handbook_logo)
        copy = Path("images", f"logo{source.suffix.lower()}")
        Path(self.outdir, copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, Path(self.outdir, copy))
        return f"/{copy.as_posix()}"

    def _words(self, books: list[Book]) -> list[str]:
        config = self.config
        said = [config.author, config.handbook_description, *config.handbook_keywords]
        return [*said, *(word for book in books for word in book.words)]

    def _write(self, name: str, content: str) -> None:
        file = Path(self.outdir, name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")

    def _day(self) -> date:
        """The edition's day: `handbook_date`, else SOURCE_DATE_EPOCH, else the pages' newest `updated`, else today."""
        said = self.config.handbook_date
        if isinstance(said, date):
            return said
        if said:
            try:
                return date.fromisoformat(said)
            except ValueError:
                raise ConfigError(f"handbook_date is {said!r}; write a day as YYYY-MM-DD.") from None
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(epoch), UTC).date()
        pages = sorted((str(page.get("updated", "")) for page in self.env.metadata.values()), reverse=True)
        for updated in pages:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", updated):
                return date.fromisoformat(updated)
        return datetime.now(UTC).date()

    def _compile(self, book: Book, fonts: "typst.Fonts") -> bool:
        """Make the PDF and say whether it could be made."""
        import typst

        midnight = datetime.combine(self._day(), datetime.min.time(), UTC)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(Path(self.outdir, book.main)), root=str(self.outdir), format="pdf", font_paths=fonts,
                pdf_standards=["ua-1"], timestamp=int(midnight.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            self._report(error, book)
            return False
        for warning in warnings:
            where = self._place(warning.diagnostic, book)
            logger.warning("Typst: %s.", warning.message, location=where, type="handbookpdf", subtype="typst")
        replace(book.target, pdf)
        logger.info("%s (%.1f MB)", book.target, len(pdf) / 1e6)
        return True

    def _report(self, error: "typst.TypstError", book: Book) -> None:
        """A sentence for each fault, at the page and line it comes from. The build fails, without a traceback."""
        kept = f" {book.target.name} stays as it was before." if book.target.exists() else ""
        for fault in re.split(r"^(?=error: |warning: )", error.diagnostic, flags=re.MULTILINE):
            if fault.startswith("error: "):
                reason = fault.partition("\n")[0].removeprefix("error: ")
                hint = "".join(f" ({said.strip()})" for said in re.findall(r"= hint: (.*)", fault))
                logger.error("The PDF cannot be made: %s%s.%s", reason, hint, kept, location=self._place(fault, book))
        self._app.statuscode = 2  # an error that is only logged would leave the exit code at 0

    def _place(self, diagnostic: str, book: Book) -> tuple[str, int | None] | None:
        """The page and the line of it that a Typst message is about, or None if it is about no page."""
        if picture := re.search(r"┌─ [^\n]*?(/?images/[^\n:/]+):", diagnostic):
            return self._pictures.get("/" + picture.group(1).lstrip("/"))
        pages = Path(self.outdir, book.folder).resolve()
        for name, line, column in re.findall(r"┌─ ([^\n]+\.typ):(\d+):(\d+)", diagnostic):
            file = next(
                (f for f in (Path(name).resolve(), Path(self.outdir, name.lstrip("/")).resolve()) if f.is_file()), pages
            )
            if file.is_relative_to(pages) and file != pages:
                before = file.read_text(encoding="utf-8").split("\n")[: int(line)]
                before[-1] = before[-1][: int(column)]
                noted = re.findall(r"/\*@(\d+)\*/", "\n".join(before))
                return file.relative_to(pages).with_suffix("").as_posix(), int(noted[-1]) if noted else None
        return None


def replace(target: Path, content: bytes) -> None:
    """Write a file so that at every moment either the old or the new one is there, whole."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _fonts(folder: Path) -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(folder)])  # the same book on every machine


def _texts(trees: Iterable[nodes.document], *more: str) -> Iterator[str]:
    """All words that the book prints, for the question which characters its fonts must have."""
    yield from more
    for tree in trees:
        yield tree.astext()
        for node in tree.findall(nodes.abbreviation):
            yield node.get("explanation", "")
