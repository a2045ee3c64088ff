"""The built pages in a real Chromium: without eyes, a mouse, scripts, a host or a wide screen, they can be read.

The browser tours some pages of every part once and takes notes; most tests ask their question of the notes. It tours
every page where WARDROUND_EVERY_PAGE=1, as .ci/run does.
"""

import gzip
import os
import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from wardround.careers import load

pytestmark = pytest.mark.browser

WIDE, PHONE, SMALL = {"width": 1280, "height": 800}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
# Colours do not depend on the width, nor the rest on the colours, and the menu is the same on every page: each is asked
# where its answer can differ. (`preload` would fetch our own styles again.)
EVERY_RULE = {"resultTypes": ["violations"], "preload": False}
COLOUR_RULES = EVERY_RULE | {"runOnly": ["color-contrast", "link-in-text-block"]}
LAYOUT_RULES = EVERY_RULE | {
    "runOnly": [
        "aria-hidden-focus", "button-name", "bypass", "landmark-one-main", "landmark-unique", "link-name",
        "page-has-heading-one", "region", "scrollable-region-focusable", "target-size",
    ]
}  # fmt: skip
RAW_BUDGET, GZIP_BUDGET = 250_000, 100_000  # bytes of a page's first view, fonts included
LONGEST_LINE = 80  # characters of running text, on average over a paragraph; 75 is what we aim at


@dataclass
class Notes:
    """What the tour saw of one page."""

    name: str
    axe: dict[str, list[str]] = field(default_factory=dict)
    widths: dict[int, int] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)


FACTS = """() => {
  const lines = (p) => Math.round(p.getBoundingClientRect().height / parseFloat(getComputedStyle(p).lineHeight));
  const all = (css) => [...document.querySelectorAll(css)];
  const meta = (css) => document.querySelector(css)?.content ?? "";
  return {
    h1: all("h1").length,
    current: all("#site-menu [aria-current=page]").length,
    description: meta("meta[name=description]"),
    card: [meta("meta[property='og:title']"), meta("meta[property='og:image']"), meta("meta[name='twitter:card']")],
    longest: Math.max(0, ...all("article p").filter((p) => lines(p) > 3).map((p) => p.innerText.length / lines(p))),
    has: Object.fromEntries(["details.quiz-answer", "aside.quiz-key", ".highlight pre", "details.sd-dropdown",
      ".toctree-checkbox"].map((css) => [css, all(css).length > 0])),
  };
}"""


class PagesHost(SimpleHTTPRequestHandler):
    """Serves the site under its path, and its 404 page for what is not there, as GitHub Pages does."""

    prefix = "/"

    def translate_path(self, path: str) -> str:
        """Find a file below the site's path."""
        return super().translate_path("/" + path.removeprefix(self.prefix) if path.startswith(self.prefix) else "/none")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own page."""
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code, message)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def host(site: Path) -> Iterator[str]:
    """The site's address on a local host, under the path that its own links expect."""
    home = re.search(r'rel="canonical" href="([^"]+)index\.html"', (site / "index.html").read_text(encoding="utf-8"))
    prefix = urlsplit(home.group(1)).path if home else "/"
    handler = type("Handler", (PagesHost,), {"prefix": prefix})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
        server.shutdown()


def listen(page: Any, notes: Notes) -> None:
    """Write down each request and each complaint of the page."""
    page.on("request", lambda request: notes.requests.append(request.url))
    page.on("requestfailed", lambda request: notes.complaints.append(f"failed: {request.url}"))
    page.on("pageerror", lambda error: notes.complaints.append(f"error: {error}"))
    page.on("console", lambda said: notes.complaints.append(said.text) if said.type in {"error", "warning"} else None)


def pages_to_tour(site: Path) -> list[Path]:
    """All pages, or else the start and, of each other part, the landing and the longest page."""
    files = [file for file in sorted(site.rglob("*.html")) if file.name != "404.html"]  # that one needs a host
    files = [file for file in files if "_static" not in file.parts]
    if os.environ.get("WARDROUND_EVERY_PAGE") == "1":
        return files
    parts: dict[str, list[Path]] = {}  # the front page is one, too
    for file in files:
        parts.setdefault(file.relative_to(site).parts[0], []).append(file)
    few = {max(part, key=lambda file: file.stat().st_size) for part in parts.values()}
    few |= {site / part / "index.html" for part in parts} | set(parts["start"])
    return [file for file in files if file in few]


@pytest.fixture(scope="session")
def tour(site: Path, browser: Any) -> dict[str, Notes]:
    """Notes on every page, opened as a file: in light, in dark, and on small screens."""
    from axe_playwright_python.sync_playwright import Axe

    axe, notes = Axe(), {}

    def ask(page: Any, options: dict[str, Any], *, menu: bool = False) -> list[str]:
        where = {"exclude": [] if menu else [[".sidebar-tree"]]}
        found = page.evaluate("([where, options]) => axe.run(where, options)", [where, options])["violations"]
        return [f"{v['id']}: {v['help']} {[node['html'][:160] for node in v['nodes'][:3]]}" for v in found]

    context = browser.new_context(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    for file in pages_to_tour(site):
        name = file.relative_to(site).as_posix()
        page, seen = context.new_page(), Notes(name)
        listen(page, seen)
        page.goto(file.as_uri())
        seen.facts = page.evaluate(FACTS)
        page.evaluate(axe.axe_script)
        menu = name == "index.html" or name.endswith("phase-1.html")  # closed, and open at a branch
        seen.axe["light"] = ask(page, EVERY_RULE, menu=menu)
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        seen.axe["dark"] = ask(page, COLOUR_RULES, menu=menu)
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        for screen in ({"width": 640, "height": 400}, SMALL, PHONE):  # the first is 1280 px at a zoom of 200 %
            page.set_viewport_size(screen)
            seen.widths[screen["width"]] = page.evaluate(
                "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
            )
        seen.axe["phone"] = ask(page, LAYOUT_RULES)
        page.close()
        notes[name] = seen
    context.close()
    return notes


def a_page_with(tour: dict[str, Notes], css: str) -> str:
    """The name of a page that has such an element."""
    name = next((name for name, seen in tour.items() if seen.facts["has"].get(css)), None)
    if name is None:
        pytest.skip(f"no page has {css} yet")
    return name


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
def test_axe_finds_nothing(tour: dict[str, Notes], view: str) -> None:
    faults = [f"{name}: {fault}" for name, seen in tour.items() for fault in seen.axe[view]]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("width", [640, 390, 320])
def test_no_page_is_wider_than_the_screen(tour: dict[str, Notes], width: int) -> None:
    wide = {name: seen.widths[width] for name, seen in tour.items() if seen.widths[width] > width}
    assert not wide


def test_pages_opened_as_files_ask_no_host_and_do_not_complain(tour: dict[str, Notes], site: Path) -> None:
    home = site.resolve().as_uri()
    own = (home, "data:")
    foreign = [f"{name}: {url}" for name, seen in tour.items() for url in seen.requests if not url.startswith(own)]
    complaints = [f"{name}: {said}" for name, seen in tour.items() for said in seen.complaints]
    assert not foreign + complaints


def test_pages_on_a_host_ask_no_other_and_weigh_little(
    tour: dict[str, Notes], site: Path, host: str, browser: Any
) -> None:
    @cache
    def sizes(path: str) -> tuple[int, int]:
        data = (site / path).read_bytes()
        return len(data), len(data) if path.endswith(".woff2") else len(gzip.compress(data, 6, mtime=0))

    faults, context = [], browser.new_context(viewport=WIDE)
    for name in tour:
        page, seen = context.new_page(), Notes(name)
        context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})  # each view is a first
        listen(page, seen)
        page.goto(host + name, wait_until="networkidle" if name == "search.html" else "load")
        page.evaluate("document.fonts.ready.then(() => 0)")
        own = {url for url in seen.requests if url.startswith(host)}
        faults += [f"{name} asks {url}" for url in seen.requests if url not in own and not url.startswith("data:")]
        faults += [f"{name} complains: {said}" for said in seen.complaints]
        weights = [sizes(unquote(urlsplit(url).path.removeprefix(urlsplit(host).path))) for url in own]
        raw, packed = (sum(column) for column in zip(*weights, strict=True))
        if name not in {"search.html", "genindex.html"} and (raw > RAW_BUDGET or packed > GZIP_BUDGET):
            faults.append(f"{name} weighs {raw} bytes, {packed} packed")
        page.close()
    context.close()
    assert not faults, "\n".join(faults)


def test_pages_name_themselves(tour: dict[str, Notes]) -> None:
    made = {"search.html", "genindex.html", "py-modindex.html"}
    faults = [f"{name}: {seen.facts['h1']} h1" for name, seen in tour.items() if seen.facts["h1"] != 1]
    for name, seen in tour.items():
        if name not in made:
            faults += [f"{name}: no description"] * (not seen.facts["description"])
            faults += [f"{name}: no preview card"] * (not all(seen.facts["card"]))
            faults += [f"{name}: not marked in the menu"] * (seen.facts["current"] != 1 and name != "index.html")
    assert not faults, "\n".join(faults)


def test_lines_are_short_enough_to_read(tour: dict[str, Notes]) -> None:
    long = {name: round(seen.facts["longest"]) for name, seen in tour.items() if seen.facts["longest"] > LONGEST_LINE}
    assert not long


@pytest.fixture
def front(browser: Any, site: Path) -> Iterator[Any]:
    """The front page on a wide screen, opened as a file."""
    page = browser.new_page(viewport=WIDE, color_scheme="light", reduced_motion="reduce")
    page.goto((site / "index.html").as_uri())
    yield page
    page.close()


def focused(page: Any) -> dict[str, Any]:
    """Who has the focus: its name, whether it is seen, and whether a ring shows."""
    return page.evaluate("""() => {
      const it = document.activeElement, box = it.getBoundingClientRect();
      return { name: it.getAttribute("aria-label") || it.textContent.trim(), tag: it.tagName,
               inMenu: Boolean(it.closest("#site-menu")),
               ring: [null, "::after"].some((part) => getComputedStyle(it, part).outlineStyle !== "none"),
               seen: box.width > 0 && box.right > 0 && box.left < innerWidth
                     && box.bottom > 0 && box.top < innerHeight };
    }""")


def test_the_first_stop_of_the_tab_key_skips_the_menu(front: Any) -> None:
    front.keyboard.press("Tab")
    first = focused(front)
    assert first["name"] == "Skip to content"
    assert first["seen"]
    assert first["ring"]
    front.keyboard.press("Enter")
    front.keyboard.press("Tab")
    assert not focused(front)["inMenu"]


def test_every_stop_of_the_tab_key_is_seen_and_ringed(front: Any) -> None:
    for _stop in range(25):
        front.keyboard.press("Tab")
        stop = focused(front)
        if stop["tag"] == "BODY":
            break
        assert stop["seen"], stop
        assert stop["ring"] or stop["tag"] == "INPUT", stop  # a switch of the menu shows its ring on its arrow


def test_the_menu_of_a_phone_works_by_keyboard(front: Any) -> None:
    front.set_viewport_size(PHONE)
    menu = front.locator("#site-menu")
    assert not menu.is_visible()
    for _stop in range(8):
        front.keyboard.press("Tab")
        assert not focused(front)["inMenu"], "a closed menu must not catch the focus"
        if focused(front)["name"] == "Menu":
            break
    front.keyboard.press("Enter")
    assert menu.is_visible()
    front.keyboard.press("Tab")
    assert focused(front)["inMenu"]
    front.keyboard.press("Escape")
    assert not menu.is_visible()
    assert focused(front)["name"] == "Menu"


def test_a_part_of_the_menu_opens_by_keyboard(front: Any, tour: dict[str, Notes], site: Path) -> None:
    front.goto((site / a_page_with(tour, ".toctree-checkbox")).as_uri())
    switch = front.locator(".toctree-checkbox:not(:checked)").first
    switch.focus()
    front.keyboard.press("Space")
    assert front.locator(".toctree-checkbox:focus ~ ul a").first.is_visible()


def test_colours_can_be_chosen_by_keyboard_and_stay_chosen(front: Any) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = front.evaluate(ground)
    front.locator(".theme-toggle:visible").focus()
    front.keyboard.press("Enter")
    dark = front.evaluate(ground)
    assert dark != light
    front.reload()
    assert front.evaluate(ground) == dark


def test_code_is_copied_without_its_prompts(tour: dict[str, Notes], host: str, browser: Any) -> None:
    name = a_page_with(tour, ".highlight pre")
    context = browser.new_context(viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(host + name)
    button = page.locator("button.copybtn").first
    button.wait_for(state="attached")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("button.copybtn[data-tooltip='Copied!']").wait_for(state="attached")
    copied, shown = page.evaluate("navigator.clipboard.readText()"), page.locator(".highlight pre").first.inner_text()
    assert copied.strip()
    assert copied.split()[-1] in shown
    assert not re.search(r"^(\$|>>>) ", copied, re.MULTILINE)
    assert page.get_by_role("button", name=re.compile("cop", re.IGNORECASE)).count() > 0
    context.close()


def test_search_finds_pages_from_a_file(front: Any, site: Path) -> None:
    front.goto((site / "search.html").as_uri() + "?q=hospital")
    front.locator("#search-results ul.search li a").first.wait_for()


def test_search_finds_every_role_by_its_name_and_by_each_alias(front: Any, site: Path) -> None:
    front.goto((site / "search.html").as_uri() + "?q=hospital")
    front.wait_for_function("typeof Search !== 'undefined' && Search.hasIndex()")
    wanted = {name: f"guide/careers/{role.category}" for role in load().roles for name in (role.name, *role.aliases)}
    found = front.evaluate(
        """names => names.map(name => Search._performSearch(...Search._parseQuery(name)).reverse().map(r => r[0]))""",
        list(wanted),
    )
    missed = [name for name, pages in zip(wanted, found, strict=True) if wanted[name] not in pages[:10]]
    assert not missed


def test_without_scripts_pages_read_on_and_no_box_is_dead(tour: dict[str, Notes], site: Path, browser: Any) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.get_by_role("button", name="Menu").click()
    assert page.locator("#site-menu").is_visible()
    assert not page.locator("input[type=search]").is_visible()
    assert not page.locator(".theme-toggle").first.is_visible()
    page.locator("#site-menu .sidebar-tree a:visible").last.click()
    assert page.url != (site / "index.html").as_uri()
    page.goto((site / a_page_with(tour, "details.quiz-answer")).as_uri())
    answer = page.locator("details.quiz-answer").first
    assert not answer.locator(".quiz-verdict").is_visible()
    answer.locator("summary").click()
    assert answer.locator(".quiz-verdict").is_visible()
    context.close()


def test_print_shows_the_key_and_hides_the_menus(tour: dict[str, Notes], site: Path, front: Any) -> None:
    front.goto((site / a_page_with(tour, "aside.quiz-key")).as_uri())
    assert not front.locator(".quiz-key").is_visible()
    front.emulate_media(media="print", color_scheme="dark")
    assert front.locator(".quiz-key").is_visible()
    for menu in ("#site-menu", "#page-contents", ".mobile-header", ".related-pages"):
        assert not front.locator(menu).is_visible(), menu
    ink = front.evaluate("getComputedStyle(document.querySelector('article')).color")
    assert sum(map(int, re.findall(r"\d+", ink)[:3])) < 200, f"paper is white, so ink must be dark: {ink}"


def test_print_opens_what_can_be_opened(tour: dict[str, Notes], site: Path, front: Any) -> None:
    front.goto((site / a_page_with(tour, "details.sd-dropdown")).as_uri())
    inside = "document.querySelector('details.sd-dropdown').getBoundingClientRect().height"
    closed = front.evaluate(inside)
    front.emulate_media(media="print")
    assert front.evaluate(inside) > closed


def test_a_wrong_address_leads_on_from_any_depth(host: str, browser: Any) -> None:
    page = browser.new_page(viewport=WIDE)
    answer = page.goto(host + "guide/there/is/no/such/page.html")
    assert answer.status == 404
    face = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert "Ward Serif" in face, "the stylesheet is lost"
    with page.expect_navigation() as way:
        page.get_by_role("link", name="The front page").click()
    assert way.value.status == 200
    page.close()
