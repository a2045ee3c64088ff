"""How the pages look and behave: Furo with our palette and fonts, mended where it shuts somebody out.

The stylesheet is docs/_static/handbook.css, the skeleton docs/_templates/page.html. This module gives them what they
cannot find themselves (fonts, what a page's front matter says) and leaves out of a page what it does not use.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxTranslator

from wardround import palette
from wardround.handbook import fonts, menu, slim, social

STYLESHEET = "handbook.css"
NOT_FOUND = "404"
SOCIAL = "social.png"
DESIGN = "sphinx-design.min.css"
FURO = "styles/furo.css"
PRELOADED = ("sans-400.woff2", "serif-600.woff2")  # text and title: what the first screen is set in
COPY_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5" '
    'stroke-linejoin="round"><title>Copy this code</title><rect x="8" y="8" width="12" height="12" rx="2"/>'
    '<path d="M16 8V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2"/></svg>'
)

# What a page carries only if its body shows a sign of needing it. Search alone needs Sphinx's own helpers.
_NEEDED_IF = {
    "clipboard.min.js": '<div class="highlight">',
    "copybutton.js": '<div class="highlight">',
    "copybutton.css": '<div class="highlight">',
    "documentation_options.js": '<div class="highlight">',  # copybutton.js reads it
    "design-tabs.js": "sd-tab-set",
    DESIGN: 'class="sd-',
    "path-finder.js": 'class="path-finder"',
    "worksheet.js": '<table class="worksheet ',
    "plan.js": 'id="plan-form"',
    "plan.css": 'id="plan-form"',
}
_REPLACED = ("pygments.css", "furo-extensions.css")  # handbook.css colours code and cards, in the palette
_NEEDED_BY_SEARCH = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")


class scroll_box(nodes.General, nodes.Element):  # noqa: N801 - docutils names its nodes so
    """A box around a wide table: it scrolls by itself, by keyboard too, and says what it holds."""


class BoxTables(SphinxPostTransform):
    """Give the plain box that Furo puts around a table a name and a place in the tab order."""

    formats = ("html",)
    default_priority = 510  # right after Furo's own at 500

    def run(self, **_kwargs: Any) -> None:
        """Exchange the boxes."""
        for table in list(self.document.findall(nodes.table)):
            plain = table.parent
            if isinstance(plain, nodes.container) and "table-wrapper" in plain["classes"]:
                title = table.next_node(nodes.title)
                label = f"Table: {title.astext()}" if title is not None else "Table"
                plain.parent.replace(plain, scroll_box("", table, label=label))  # replace_self would give it the ids


def _visit_scroll_box(self: SphinxTranslator, node: nodes.Element) -> None:
    attributes = {"CLASS": "table-wrapper container", "role": "group", "tabindex": "0", "aria-label": node["label"]}
    self.body.append(self.starttag(node, "div", **attributes))  # type: ignore[attr-defined]


def _depart_scroll_box(self: SphinxTranslator, _node: nodes.Element) -> None:
    self.body.append("</div>\n")  # type: ignore[attr-defined]


_MENDINGS: tuple[tuple[re.Pattern[str], str], ...] = (
    # A box to tick needs a name. In a page it cannot be ticked, so the name says its state.
    (re.compile(r'<input(?=[^>]*\btask-list-item)(?=[^>]*\bchecked)(?![^>]*\baria-label)'), '<input aria-label="Done"'),
    (re.compile(r'<input(?=[^>]*\btask-list-item)(?![^>]*\b(checked|aria-label))'), '<input aria-label="To do"'),
    # Code that is wider than its box must be reachable without a mouse.
    (re.compile(r'(<div class="highlight">)<pre>'), r'\1<pre tabindex="0">'),
    # An entry of a bibliography stands in a list, so it is an item of one; its own role is deprecated.
    (re.compile(r'(<div class="citation"[^>]*) role="doc-biblioentry"'), r'\1 role="listitem"'),
    # The empty corner of a table heads nothing.
    (re.compile(r'<th class="([^"]*)"><p></p></th>'), r'<td class="\1"></td>'),
)  # fmt: skip


def mend(html: str) -> str:
    """Return generated `html` with the accessibility faults of its makers mended."""
    for pattern, replacement in _MENDINGS:
        html = pattern.sub(replacement, html)
    return html


def rooted(html: str, root: str) -> str:
    """Return `html` with every relative address made absolute under `root`, a path with a slash at each end."""
    return re.sub(r'\b(href|src|action|data-content_root)="(?![#/]|[a-z][a-z0-9+.-]*:)(?:\./)?', rf'\1="{root}', html)


def _defaults(_app: Sphinx, config: Config) -> None:
    if "copybutton_image_svg" in config and not config.copybutton_image_svg:
        config.copybutton_image_svg = COPY_ICON


def _add_assets(app: Sphinx) -> None:
    if app.builder.format == "html":
        cache, static = Path(app.doctreedir) / "fonts", Path(app.outdir) / "_static"
        shutil.copytree(fonts.web_fonts(cache), static / "fonts", dirs_exist_ok=True)
        headline, subtitle = _headline(app.config)
        drawn = social.draw(app.config.html_title, headline, subtitle, cache, palette.for_print(app.config))
        shutil.copyfile(drawn, static / SOCIAL)
        app.add_css_file(STYLESHEET, priority=800)  # after Furo and its extensions, so that ours has the last word


def _headline(config: Config) -> tuple[str, str]:
    """The book's subtitle in two: "Careers in healthcare AI: who does what" has a headline before its colon."""
    headline, _, rest = (config.handbook_subtitle if "handbook_subtitle" in config else "").partition(": ")
    return headline or config.html_title, rest[:1].upper() + rest[1:]


def _spare_furo_its_menu(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    context["toctree"] = lambda **_options: ""


def _menu(app: Sphinx) -> menu.Menu:
    if not hasattr(app, "wardround_menu"):
        app.wardround_menu = menu.read_menu(app.env)  # type: ignore[attr-defined]
    return app.wardround_menu  # type: ignore[attr-defined,no-any-return]


def _fill_page(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    meta = context.get("meta") or {}
    context["page_description"] = meta.get("description", "")
    context["page_checked"] = None
    with suppress(TypeError, ValueError):
        context["page_checked"] = date.fromisoformat(str(meta.get("updated")))
    context["preloaded_fonts"] = PRELOADED
    context["social_image"] = SOCIAL
    context["social_alt"] = f"{app.config.html_title}: {_headline(app.config)[0]}"
    context["handbook_pdf_url"] = app.config.handbook_pdf_url
    context["html_baseurl"] = app.config.html_baseurl.rstrip("/") + "/" if app.config.html_baseurl else ""
    if isinstance(context.get("body"), str):
        context["body"] = mend(context["body"])
    context["furo_navigation_tree"] = menu.render(app, _menu(app), pagename)
    for kind in ("css_files", "script_files"):
        context[kind] = [asset for asset in context.get(kind, ()) if _needed(asset, pagename, str(context.get("body")))]


def _needed(asset: Any, pagename: str, body: str) -> bool:
    name = Path(str(getattr(asset, "filename", asset) or "")).name
    if name in _REPLACED:
        return False
    if pagename == "search" and name in _NEEDED_BY_SEARCH:
        return True
    sign = _NEEDED_IF.get(name)
    return name not in _NEEDED_BY_SEARCH if sign is None else sign in body


def _not_found_page(_app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    yield NOT_FOUND, {"title": "This page is not here"}, f"{NOT_FOUND}.html"


def _finish(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.format != "html":
        return
    page = Path(app.outdir, f"{NOT_FOUND}.html")
    if page.exists():  # single-page builders make none
        root = urlsplit(app.config.html_baseurl or "/").path.rstrip("/") + "/"
        page.write_text(rooted(page.read_text(encoding="utf-8"), root), encoding="utf-8")
    import furo
    import sphinx_design

    static = Path(app.outdir, "_static")
    used = slim.classes_used(Path(app.outdir)) | slim.words_in_scripts(static)
    wholes = {  # read anew from their packages: what stands in the site may have been slimmed by the build before
        DESIGN: Path(sphinx_design.__file__).parent / "static" / DESIGN,
        FURO: Path(furo.__file__).parent / "theme" / "furo" / "static" / FURO,
    }
    for name, whole in wholes.items():
        if (static / name).exists():
            css = slim.keep_used(whole.read_text(encoding="utf-8"), used)
            (static / name).write_text(css, encoding="utf-8")
    if (static / STYLESHEET).exists():
        own = slim.without_comments((static / STYLESHEET).read_text(encoding="utf-8"))
        (static / STYLESHEET).write_text(own, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Put the look in place; docs/conf.py sets the theme, the colours and the addresses."""
    app.add_config_value(
        "handbook_pdf_url", "", "html", types=[str], description="The book, seen from the site's root."
    )
    app.add_node(scroll_box, html=(_visit_scroll_box, _depart_scroll_box))
    app.add_post_transform(BoxTables)
    app.connect("config-inited", _defaults, priority=100)  # before sphinx-copybutton reads it
    app.connect("builder-inited", _add_assets)
    app.connect("html-collect-pages", _not_found_page)
    app.connect("html-page-context", _spare_furo_its_menu, priority=400)
    app.connect("html-page-context", _fill_page, priority=900)  # after Furo has made its menu
    app.connect("build-finished", _finish, priority=900)
