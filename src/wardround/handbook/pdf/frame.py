"""What stands around the chapters of a book: the main file, its colours and the colours of code."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sphinx.config import Config

from wardround.handbook.pdf.book import Anchors, Part
from wardround.handbook.pdf.markup import array, string

TEMPLATE = Path(__file__).with_name("template.typ")
_LISTED_ON_PART_PAGE = 20  # a part of more pages lists only its chapters, not what stands below them


@dataclass(frozen=True)
class Book:
    """One PDF to make. `over` stands small over the title; `folder` holds its Typst source, `target` is the PDF."""

    title: str
    subtitle: str
    over: str
    parts: tuple[Part, ...]
    folder: str
    target: Path

    @property
    def main(self) -> str:
        """The file to compile."""
        return f"{self.folder}.typ"

    def file_of(self, docname: str) -> str:
        """The file of a chapter."""
        return f"{self.folder}/{docname}.typ"

    @property
    def words(self) -> list[str]:
        """What the frame itself prints."""
        return [self.title, self.subtitle, self.over, *(part.title for part in self.parts)]


def main_file(
    book: Book, config: Config, *, edition: str, logo: str, anchors: Anchors, titles: Mapping[str, str],
    missing: dict[int, str],
) -> str:  # fmt: skip
    """The Typst source that sets the title page, the contents, the parts' pages and the chapters.

    `titles` are the pages' by docname, `logo` a path in the output folder or nothing, `missing` says what to print for
    characters that no font has.
    """

    def said(value: str) -> str:
        return string(value.translate(missing))

    lines = [
        '#import "/template.typ": *',
        "#show: handbook.with(",
        f"  title: {said(book.title)}, subtitle: {said(book.subtitle)}, over: {said(book.over)},",
        f"  logo: {string(logo) if logo else 'none'},",
        f"  author: {array([said(config.author)] if config.author else [])},",
        f"  lang: {string(config.language or 'en')},",
        f"  description: {said(config.handbook_description)},",
        f"  keywords: {array([said(word) for word in config.handbook_keywords])},",
        f"  edition: {said(f'Version {config.release}, {edition}' if config.release else edition)},",
        ")",
    ]
    for part in book.parts:
        if part.title:
            listed = part.chapters
            if len(listed) > _LISTED_ON_PART_PAGE:
                listed = tuple(chapter for chapter in listed if chapter.level == listed[0].level)
            names = [f"(<{anchors.label((c.docname, ''))}>, {said(titles[c.docname])})" for c in listed]
            lines.append(f"#part({said(part.title)}, {array(names)})")
        lines += [f"#include {string('/' + book.file_of(chapter.docname))}" for chapter in part.chapters]
    return "\n".join(lines) + "\n"


def palette_file(colours: Mapping[str, str]) -> str:
    """The colours as Typst names."""
    names = {"line": "line-color"}  # `line` is Typst's own
    return "".join(f'#let {names.get(k, k)} = rgb("{v}")\n' for k, v in colours.items())


def code_theme(colours: Mapping[str, str]) -> str:
    """A TextMate theme of four of our colours."""
    rules = {
        "comment": ("muted", "italic"),
        "string, constant.character": ("good", ""),
        "keyword, storage, entity.name.tag, support.type.property-name": ("brand", ""),
        "constant.numeric, constant.language": ("accent", ""),
    }
    scopes = "".join(
        f"<dict><key>scope</key><string>{scope}</string><key>settings</key><dict><key>foreground</key>"
        f"<string>{colours[colour]}</string><key>fontStyle</key><string>{style}</string></dict></dict>"
        for scope, (colour, style) in rules.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict><key>name</key><string>handbook</string>'
        f"<key>settings</key><array><dict><key>settings</key><dict><key>foreground</key><string>{colours['ink']}"
        f"</string></dict></dict>{scopes}</array></dict></plist>\n"
    )
