"""The palette can be read, the stylesheet uses it alone, and generated HTML is mended."""

import re
from pathlib import Path

import pytest

from wardround import palette
from wardround.handbook import look, slim

STYLESHEET = (Path(__file__).parents[2] / "docs/_static/handbook.css").read_text(encoding="utf-8")
TEXT = ("ink", "muted", "brand", "accent", "good", "caution")


def test_contrast_is_as_wcag_defines_it() -> None:
    assert palette.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palette.contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # the well-known near miss


@pytest.mark.parametrize("mode", [palette.LIGHT, palette.DARK], ids=["light", "dark"])
@pytest.mark.parametrize("token", TEXT)
def test_every_text_colour_can_be_read_on_every_ground(mode: dict[str, str], token: str) -> None:
    for ground in ("ground", "paper", "surface"):
        assert palette.contrast(mode[token], mode[ground]) >= 4.5, ground


def test_both_modes_have_the_same_tokens_and_reach_the_page() -> None:
    assert set(palette.css_variables("light")) == set(palette.css_variables("dark")) == set(palette.LIGHT)
    assert palette.css_variables("dark")["ink"] == palette.DARK["ink"]


def test_the_stylesheet_takes_every_colour_from_the_palette() -> None:
    rules = re.sub(r"/\*.*?\*/", "", STYLESHEET, flags=re.DOTALL)
    assert not re.findall(r":[^;{}]*(#[0-9a-fA-F]{3,8})\b", rules)
    set_elsewhere = {"width", "header-height", "sidebar-expander-width", "sidebar-item-height"}  # diagrams.py, Furo
    defined = set(re.findall(r"--([\w-]+)\s*:", rules)) | set(palette.LIGHT) | set_elsewhere
    assert set(re.findall(r"var\(--([\w-]+)", rules)) <= defined


@pytest.mark.parametrize(
    ("made", "mended"),
    [
        (
            '<input class="task-list-item-checkbox" checked="checked" type="checkbox">',
            '<input aria-label="Done" class="task-list-item-checkbox" checked="checked" type="checkbox">',
        ),
        (
            '<input class="task-list-item-checkbox" disabled="disabled" type="checkbox">',
            '<input aria-label="To do" class="task-list-item-checkbox" disabled="disabled" type="checkbox">',
        ),
        ('<div class="highlight"><pre>', '<div class="highlight"><pre tabindex="0">'),
        ('<tr><th class="head"><p></p></th>', '<tr><td class="head"></td>'),
        ('<p class="caption"><span>Figure</span></p>', '<p class="caption"><span>Figure</span></p>'),
    ],
)  # fmt: skip
def test_generated_html_is_mended_once(made: str, mended: str) -> None:
    assert look.mend(made) == mended
    assert look.mend(mended) == mended


def test_addresses_become_absolute_under_the_root_and_others_stay() -> None:
    html = (
        '<a href="guide/a.html#x"> <link href="./s.css"> <a href="#y"> <a href="/z"> '
        '<a href="https://x.org/"> <img src="i.svg">'
    )
    assert look.rooted(html, "/book/") == (
        '<a href="/book/guide/a.html#x"> <link href="/book/s.css"> <a href="#y"> <a href="/z"> '
        '<a href="https://x.org/"> <img src="/book/i.svg">'
    )


CSS = (
    '@import "x.css";.sd-a{color:red}.sd-a .sd-b,.sd-a>p{margin:0}.sd-b{top:0}:root{--sd-x:1}'
    "@media print{.sd-b{left:0}}@media screen{.sd-a:hover{left:0}.sd-b{top:1px}}@keyframes f{0%{top:0}to{top:1px}}"
)


def test_rules_that_no_page_uses_are_left_out() -> None:
    assert slim.keep_used(CSS, frozenset({"sd-a"})) == (
        '@import "x.css";.sd-a{color:red}.sd-a>p{margin:0}:root{--sd-x:1}'
        "@media screen{.sd-a:hover{left:0}}@keyframes f{0%{top:0}to{top:1px}}"
    )
    assert slim.keep_used(CSS, frozenset({"sd-a", "sd-b"})) == CSS
    only_without = "dl:not(.gone) .sd-a{top:0}"
    assert slim.keep_used(only_without, frozenset({"sd-a"})) == only_without


def test_comments_and_indents_are_left_out() -> None:
    assert (
        slim.without_comments("/* why\n so */\na { top: 0 }\n\n  b { left: 0 } /* c */\n")
        == "a { top: 0 }\nb { left: 0 }\n"
    )


def test_a_class_that_a_script_sets_is_kept(tmp_path: Path) -> None:
    (tmp_path / "furo.js").write_text('document.body.classList.add("scroll-current")', encoding="utf-8")
    assert "scroll-current" in slim.words_in_scripts(tmp_path)


def test_the_classes_in_use_are_read_from_all_pages(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "index.html").write_text('<p class="sd-a other"></p>', encoding="utf-8")
    (tmp_path / "deep/page.html").write_text('<p class="x sd-b"></p> sd-text', encoding="utf-8")
    assert slim.classes_used(tmp_path) == {"sd-a", "other", "x", "sd-b"}
