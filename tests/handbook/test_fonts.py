"""The faces: right names, right characters, small, licensed, and made only once."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from wardround.handbook import fonts

STYLESHEET = Path(__file__).parents[2] / "docs/_static/handbook.css"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fonts.web_fonts(tmp_path_factory.mktemp("fonts"))


@pytest.mark.parametrize("face", fonts.WEB_FACES, ids=lambda face: face.file_name)
def test_a_face_for_browsers_is_small_static_and_sets_our_text(web: Path, face: fonts.Face) -> None:
    file = web / f"{face.file_name}.woff2"
    font = TTFont(file)
    assert file.stat().st_size <= 20_000
    assert "fvar" not in font
    assert font["OS/2"].usWeightClass == face.weight
    assert set(map(ord, "Ärzte: “≤ 90 %” – 1.4 − 0.2 × 3 → café")) <= set(font.getBestCmap())


def test_what_we_publish_does_not_bear_the_reserved_name_and_carries_its_licence(web: Path) -> None:
    for file in web.glob("*.woff2"):
        names = TTFont(file)["name"]
        assert not any("Source" in str(names.getDebugName(number)) for number in (1, 4, 6, 16)), file.name
        assert "SIL Open Font License" in names.getDebugName(13)
        assert "Adobe" in names.getDebugName(0)
    assert "SIL OPEN FONT LICENSE" in (web / fonts.LICENSE_FILE).read_text(encoding="utf-8").upper()


def test_the_stylesheet_names_the_faces_that_are_made(web: Path) -> None:
    rules = re.findall(r'"(Ward \w+)"; src: url\(fonts/([\w.-]+)\)', STYLESHEET.read_text(encoding="utf-8"))
    assert {name for _family, name in rules} == {file.name for file in web.glob("*.woff2")}
    for family, name in rules:
        assert TTFont(web / name)["name"].getBestFamilyName() == family


def test_columns_of_figures_stand_straight(web: Path) -> None:
    font = TTFont(web / "sans-400.woff2")
    cmap, widths = font.getBestCmap(), font["hmtx"]
    assert len({widths[cmap[ord(figure)]][0] for figure in "0123456789"}) == 1


def test_faces_for_the_book_keep_family_weight_and_slope(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    faces = (fonts.Face(fonts.SANS, 400, italic=True), fonts.Face(fonts.SERIF, 600))
    monkeypatch.setattr(fonts, "PDF_FACES", faces)
    folder = fonts.pdf_fonts(tmp_path)
    for face in faces:
        font = TTFont(folder / f"{face.file_name}.ttf")
        assert font["name"].getBestFamilyName() == face.family
        assert font["OS/2"].usWeightClass == face.weight
        assert bool(font["OS/2"].fsSelection & 1) == face.italic
        assert ord("ł") in font.getBestCmap()


def test_faces_are_made_once(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_cut", lambda *_: pytest.fail("made again"))
    assert fonts.web_fonts(web.parent) == web


def test_a_changed_recipe_is_not_served_from_the_cache(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_RECIPE", "another")
    monkeypatch.setattr(fonts, "WEB_FACES", fonts.WEB_FACES[:1])
    assert fonts.web_fonts(web.parent) != web


def test_a_build_that_breaks_leaves_no_half_made_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(fonts, "_save_for_web", broken)
    monkeypatch.setattr(fonts, "WEB_FACES", fonts.WEB_FACES[:1])
    with pytest.raises(OSError, match="disk is full"):
        fonts.web_fonts(tmp_path)
    assert list(tmp_path.iterdir()) == []
