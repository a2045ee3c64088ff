"""The menu: the same tree on each page, with links that lead there from where it is seen."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from sphinx.testing.util import SphinxTestApp

from wardround.handbook import menu

PAGES = {
    "index": "# Home\n\n```{toctree}\n:hidden:\n:caption: Guide & more\n\na/index\nz\n```\n\n"
    "```{toctree}\n:hidden:\n\nlast\n```\n",
    "a/index": "# The *first* <part>\n\n```{toctree}\n:hidden:\n\nb\n```\n",
    "a/b": "# Below\n",
    "z": "# Zed\n",
    "last": "# The last\n",
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> SphinxTestApp:
    source = tmp_path_factory.mktemp("menu") / "docs"
    for name, text in {f"{page}.md": text for page, text in PAGES.items()}.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    (source / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    app = SphinxTestApp("html", srcdir=source, builddir=source.parent / "build")
    app.build()
    return app


def seen_from(app: SphinxTestApp, page: str) -> Tag:
    return BeautifulSoup(menu.render(app, menu.read_menu(app.env), page), "html.parser")


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_its_page_from_every_page(app: SphinxTestApp, page: str) -> None:
    here = Path(app.outdir, f"{page}.html")
    links = seen_from(app, page).find_all("a")
    assert [link.text for link in links] == ["The first <part>", "Below", "Zed", "The last"]
    for link, name in zip(links, ("a/index", "a/b", "z", "last"), strict=True):
        address = str(link["href"])
        goal = here if address == "#" else here.parent / address
        assert goal.resolve() == Path(app.outdir, f"{name}.html").resolve()


def test_the_page_itself_is_marked_and_the_way_to_it_is_unfolded(app: SphinxTestApp) -> None:
    seen = seen_from(app, "a/b")
    (mark,) = seen.select("[aria-current=page]")
    assert mark.text == "Below"
    assert seen.select_one("input#toctree-checkbox-1").has_attr("checked")
    assert not seen_from(app, "z").select_one("input#toctree-checkbox-1").has_attr("checked")


def test_a_page_outside_the_menu_marks_nothing(app: SphinxTestApp) -> None:
    assert not seen_from(app, "search").select("[aria-current], .current, [checked]")


def test_captions_are_headings_and_switches_have_names(app: SphinxTestApp) -> None:
    seen = seen_from(app, "z")
    (caption,) = seen.select(".caption[role=heading][aria-level='2']")
    assert caption.text == "Guide & more"
    assert seen.select_one("input")["aria-label"] == "Toggle navigation of The first <part>"
