"""The two typefaces, made while the book is built: no font file is committed, none is fetched by a reader.

Source Sans 3 and Source Serif 4 come as variable fonts from PyPI. Each face is cut down to the characters we set, then
fixed at one weight: in that order, because fixing all of a variable font takes minutes and fixing what is left takes
a moment. The result is kept in a cache, under a name that changes with the packages' versions and with this recipe.

Both fonts are under the SIL Open Font License with the reserved name "Source". What we publish for browsers is
a modified version, so it is called Ward Sans and Ward Serif and carries its licence; the faces for the book are only
embedded in a document, which the licence leaves free, and keep their names.
"""

import hashlib
import logging
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

SANS, SERIF = "Source Sans 3", "Source Serif 4"
WEB_NAMES = {SANS: "Ward Sans", SERIF: "Ward Serif"}
PACKAGES = {SANS: "fontpkg-source-sans-3", SERIF: "fontpkg-source-serif-4"}
LICENSE_FILE = "OFL.txt"

_RECIPE = "1"  # part of the cache's key: raise it when this module makes the same faces differently
_HEADING_SIZE = 24  # points: the optical size of the serif, which we set only large


@dataclass(frozen=True)
class Face:
    """One style of a family at one weight, e.g. Source Sans 3, 600, upright."""

    family: str
    weight: int
    italic: bool = False

    @property
    def file_name(self) -> str:
        """The name without an ending: `sans-600`, `sans-400-italic`."""
        return f"{'sans' if self.family == SANS else 'serif'}-{self.weight}{'-italic' if self.italic else ''}"


WEB_FACES = (Face(SANS, 400), Face(SANS, 600), Face(SERIF, 600), Face(SANS, 400, italic=True))
PDF_FACES = (Face(SANS, 400), Face(SANS, 400, italic=True), Face(SANS, 600), Face(SERIF, 400), Face(SERIF, 600))

# Text: Latin-1, typographic punctuation, arrows and the signs of measurements. Headings and emphasis: the common part
# of it. The book: also Latin Extended-A, so that every European name is set in one face. On a page, what is not here
# is set in the reader's own fonts.
_LATIN = {*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "‐‑–—‘’‚“”„•…′″‹›€™−\u2009\u202fŒœŠšŽžŁłŸ")}
_SIGNS = set(map(ord, "†‡⁄←↑→↓↔∞≈≠≤≥√∆∑µΩπαβκ⅓⅔‰✓✗₀₁₂₃⁰⁴⁵⁶⁷⁸⁹"))
FEW_CHARACTERS = frozenset({*range(0x20, 0x7F), 0xA0, *map(ord, "·×–—‘’“”…−→≤≥àáâäåæçèéêëìíîïñòóôöøùúûüßÄÅÉÖØÜ")})
TEXT_CHARACTERS = frozenset(_LATIN | _SIGNS)
PDF_CHARACTERS = frozenset(TEXT_CHARACTERS | set(range(0x100, 0x180)))


def web_fonts(cache: Path) -> Path:
    """Return a folder under `cache` with one woff2 a face of WEB_FACES, and the licence; made on first call."""
    faces = {face: TEXT_CHARACTERS if face.family == SANS and not face.italic else FEW_CHARACTERS for face in WEB_FACES}
    return _folder(cache, "web", faces, _save_for_web)


def pdf_fonts(cache: Path) -> Path:
    """Return a folder under `cache` with one static TTF a face of PDF_FACES, and the licence; made on first call."""
    return _folder(cache, "pdf", dict.fromkeys(PDF_FACES, PDF_CHARACTERS), _save_for_print)


def _folder(cache: Path, use: str, faces: dict[Face, frozenset[int]], save: Callable[[Any, Face, Path], None]) -> Path:
    packages = [f"{name}={version(name)}" for name in (*PACKAGES.values(), "fonttools")]
    recipe = repr((_RECIPE, packages, [(face, sorted(characters)) for face, characters in faces.items()]))
    folder = cache / f"{use}-{hashlib.sha256(recipe.encode()).hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    # Two builds may want the same faces at once: each works in a folder of its own, the first to finish names it.
    with tempfile.TemporaryDirectory(dir=cache, prefix=f".{use}-") as temporary:
        work = Path(temporary, "fonts")
        work.mkdir()
        for face, characters in faces.items():
            save(_cut(face, characters), face, work)
        shutil.copyfile(_source(next(iter(faces))).parent.parent / "LICENSE", work / LICENSE_FILE)
        try:
            work.rename(folder)
        except OSError:
            if not folder.is_dir():
                raise
    return folder


def _source(face: Face) -> Path:
    import fontpkg

    return fontpkg.path(face.family, face.weight, "italic" if face.italic else "normal")  # type: ignore[no-any-return]


def _cut(face: Face, characters: frozenset[int]) -> Any:
    """The face as a static TTFont that holds `characters` and no more."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    logging.getLogger("fontTools").setLevel(logging.WARNING)  # it tells every table it touches
    options = Options()
    options.layout_features = ["kern", "liga"]  # figures are tabular by default in both families
    options.name_IDs = [0, 7, 13, 14]  # copyright, trademark, licence and where it stands: the licence asks for them
    options.hinting = False
    options.notdef_outline = True
    font = TTFont(_source(face), recalcTimestamp=False)
    cutter = Subsetter(options)
    cutter.populate(unicodes=characters)
    cutter.subset(font)
    place = {"wght": face.weight, "opsz": _HEADING_SIZE if face.weight >= 600 else 12}
    instantiateVariableFont(font, {axis.axisTag: place[axis.axisTag] for axis in font["fvar"].axes}, inplace=True)
    if "STAT" in font:
        del font["STAT"]  # it describes axes that are gone
    return font


def _save_for_web(font: Any, face: Face, folder: Path) -> None:
    _name(font, face, WEB_NAMES[face.family])
    font.flavor = "woff2"
    font.save(folder / f"{face.file_name}.woff2")


def _save_for_print(font: Any, face: Face, folder: Path) -> None:
    _name(font, face, face.family)
    font.save(folder / f"{face.file_name}.ttf")


def _name(font: Any, face: Face, family: str) -> None:
    """Name the face so that every program files it under `family` with its own weight and slope."""
    bold = "SemiBold" if face.weight == 600 else ""
    style = " ".join(filter(None, (bold, "Italic" if face.italic else ""))) or "Regular"
    whole = f"{family} {style}"
    names = {
        1: f"{family} {bold}".strip(),
        2: "Italic" if face.italic else "Regular",
        3: f"{whole}; wardround {_RECIPE}",
        4: whole,
        6: whole.replace(f"{family} ", family.replace(" ", "") + "-").replace(" ", ""),
        16: family,
        17: style,
    }
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    italic, regular = 1 << 0, 1 << 6
    font["OS/2"].usWeightClass = face.weight
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~(italic | regular)) | (italic if face.italic else regular)
    font["head"].macStyle = 0b10 if face.italic else 0
