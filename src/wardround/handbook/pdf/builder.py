"""The builder: all pages in reading order, one compilation, and a new PDF only if all goes well."""

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
from wardround.handbook.palette import LIGHT
from wardround.handbook.pdf.book import SCHEME, Anchors, Chapter, Part, reading_order
from wardround.handbook.pdf.characters import unprintable
from wardround.handbook.pdf.markup import array, string
from wardround.handbook.pdf.translator import TypstTranslator

if TYPE_CHECKING:
    import typst

logger = logging.getLogger(__name__)

MAIN = "handbook.typ"
CHAPTERS = "chapters"
_LISTED_ON_PART_PAGE = 20  # a part of more pages lists only its chapters, not what stands below them


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
        """Write the Typst source of all pages, compile it and put the PDF in place."""
        with progress_message("putting the pages in order", nonl=False):
            parts = reading_order(self.env)
            chapters = [chapter for part in parts for chapter in part.chapters]
            trees = {chapter.docname: self._resolved(chapter.docname) for chapter in chapters}
            anchors = Anchors()
            for docname, tree in trees.items():
                anchors.add_page(docname, tree)
            anchors.settle()
            fonts = _fonts(pdf_fonts(Path(self.doctreedir, "fonts")))
            missing = unprintable(_texts(trees.values(), *self._titles(parts)), PDF_CHARACTERS, fonts)
        with progress_message("writing Typst"):
            self._write_frame(parts, anchors, missing)
            counts: Counter[str] = Counter()
            for chapter in chapters:
                self._write(
                    _file_of(chapter.docname), self._chapter(chapter, trees[chapter.docname], anchors, missing, counts)
                )
        with progress_message("compiling the PDF"):
            self._compile(fonts)

    def _resolved(self, docname: str) -> nodes.document:
        tree = self.env.get_doctree(docname)
        for toctree in list(tree.findall(addnodes.toctree)):
            toctree.parent.remove(toctree)
        self.env.apply_post_transforms(tree, docname)
        return tree

    def _chapter(
        self, chapter: Chapter, tree: nodes.document, anchors: Anchors, missing: dict[int, str], counts: Counter[str]
    ) -> str:
        translator = self.create_translator(tree, self)
        assert isinstance(translator, TypstTranslator)
        translator.begin(chapter, anchors, missing, counts)
        tree.walkabout(translator)
        self._pictures = {**translator.pictures, **self._pictures}
        return f'#import "/template.typ": *\n{translator.finished()}'

    def _write_frame(self, parts: tuple[Part, ...], anchors: Anchors, missing: dict[int, str]) -> None:
        """The main file, and what it stands on: the template, the colours, the colours of code."""
        for folder in (CHAPTERS, "images"):
            shutil.rmtree(Path(self.outdir, folder), ignore_errors=True)  # what earlier pages left
        self._write("template.typ", Path(__file__).with_name("template.typ").read_text(encoding="utf-8"))
        names = {"line": "line-color"}  # `line` is Typst's own
        self._write("palette.typ", "".join(f'#let {names.get(k, k)} = rgb("{v}")\n' for k, v in LIGHT.items()))
        self._write("code.tmTheme", _code_colours())

        def said(value: str) -> str:
            return string(value.translate(missing))

        config, day = self.config, self._day()
        edition = f"{day.day} {day:%B} {day.year}"
        lines = [
            '#import "template.typ": *',
            "#show: handbook.with(",
            f"  title: {said(config.project)}, subtitle: {said(config.handbook_subtitle)},",
            f"  author: {array([said(config.author)] if config.author else [])},",
            f"  lang: {string(config.language or 'en')},",
            f"  description: {said(config.handbook_description)},",
            f"  keywords: {array([said(word) for word in config.handbook_keywords])},",
            f"  edition: {said(f'Version {config.release}, {edition}' if config.release else edition)},",
            ")",
        ]
        for part in parts:
            if part.title:
                listed = part.chapters
                if len(listed) > _LISTED_ON_PART_PAGE:
                    listed = tuple(chapter for chapter in listed if chapter.level == listed[0].level)
                names_of = [
                    f"(<{anchors.label((c.docname, ''))}>, {said(self.env.titles[c.docname].astext())})" for c in listed
                ]
                lines.append(f"#part({said(part.title)}, {array(names_of)})")
            lines += [f"#include {string('/' + _file_of(chapter.docname))}" for chapter in part.chapters]
        self._write(MAIN, "\n".join(lines) + "\n")

    def _titles(self, parts: tuple[Part, ...]) -> list[str]:
        config = self.config
        said = [config.project, config.author, config.handbook_subtitle, config.handbook_description]
        return [*said, *config.handbook_keywords, *(part.title for part in parts)]

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

    def _compile(self, fonts: "typst.Fonts") -> None:
        import typst

        target = Path(self.outdir, self.config.handbook_pdf).resolve()
        midnight = datetime.combine(self._day(), datetime.min.time(), UTC)
        try:
            pdf, warnings = typst.compile_with_warnings(
                str(Path(self.outdir, MAIN)), root=str(self.outdir), format="pdf", font_paths=fonts,
                pdf_standards=["ua-1"], timestamp=int(midnight.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            self._report(error, target)
            return
        for warning in warnings:
            where = self._place(warning.diagnostic)
            logger.warning("Typst: %s.", warning.message, location=where, type="handbookpdf", subtype="typst")
        replace(target, pdf)
        logger.info("the book: %s (%.1f MB)", target, len(pdf) / 1e6)

    def _report(self, error: "typst.TypstError", target: Path) -> None:
        """A sentence for each fault, at the page and line it comes from. The build fails, without a traceback."""
        kept = f" {target.name} stays as it was before." if target.exists() else ""
        for fault in re.split(r"^(?=error: |warning: )", error.diagnostic, flags=re.MULTILINE):
            if fault.startswith("error: "):
                reason = fault.partition("\n")[0].removeprefix("error: ")
                hint = "".join(f" ({said.strip()})" for said in re.findall(r"= hint: (.*)", fault))
                logger.error("The PDF cannot be made: %s%s.%s", reason, hint, kept, location=self._place(fault))
        self._app.statuscode = 2  # an error that is only logged would leave the exit code at 0

    def _place(self, diagnostic: str) -> tuple[str, int | None] | None:
        """The page and the line of it that a Typst message is about, or None if it is about no page."""
        if picture := re.search(r"┌─ [^\n]*?(/?images/[^\n:/]+):", diagnostic):
            return self._pictures.get("/" + picture.group(1).lstrip("/"))
        pages = Path(self.outdir, CHAPTERS).resolve()
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


def _file_of(docname: str) -> str:
    return f"{CHAPTERS}/{docname}.typ"


def _texts(trees: Iterable[nodes.document], *more: str) -> Iterator[str]:
    """All words that the book prints, for the question which characters its fonts must have."""
    yield from more
    for tree in trees:
        yield tree.astext()
        for node in tree.findall(nodes.abbreviation):
            yield node.get("explanation", "")


def _code_colours() -> str:
    """A TextMate theme of four of our colours."""
    rules = {
        "comment": ("muted", "italic"),
        "string, constant.character": ("good", ""),
        "keyword, storage, entity.name.tag, support.type.property-name": ("brand", ""),
        "constant.numeric, constant.language": ("accent", ""),
    }
    scopes = "".join(
        f"<dict><key>scope</key><string>{scope}</string><key>settings</key><dict><key>foreground</key>"
        f"<string>{LIGHT[colour]}</string><key>fontStyle</key><string>{style}</string></dict></dict>"
        for scope, (colour, style) in rules.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>name</key><string>handbook</string>'
        f"<key>settings</key><array><dict><key>settings</key><dict><key>foreground</key><string>{LIGHT['ink']}</string>"
        f"</dict></dict>{scopes}</array></dict></plist>\n"
    )
