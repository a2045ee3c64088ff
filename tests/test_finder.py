"""Two pages that answer: find your path, and the sheet of the career formula; in a real Chromium, opened as files."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from wardround.careers import load

pytestmark = pytest.mark.browser

WIDE, PHONE, ZOOMED = {"width": 1280, "height": 800}, {"width": 390, "height": 844}, {"width": 640, "height": 400}
FINDER, SHEET = "start/find-your-path.html", "start/formula.html"
SETTLED = 1100  # ms after which a choice is a step of its own for the back button
LONG = "I know why the discharge letters are late on my ward. " * 12


@pytest.fixture
def visit(browser: Any, site: Path) -> Iterator[Callable[..., Any]]:
    """`visit(FINDER, "?background=nurse")` opens a page as a file; `page.heard` lists requests and complaints."""
    contexts = []

    def opened(name: str, query: str = "", **options: Any) -> Any:
        settings = {"viewport": WIDE, "color_scheme": "light", "reduced_motion": "reduce"} | options
        context = browser.new_context(**settings)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.heard = []
        page.on("request", lambda request: page.heard.append(request.url))
        page.on("pageerror", lambda error: page.heard.append(f"error: {error}"))
        page.on("console", lambda said: page.heard.append(said.text) if said.type in {"error", "warning"} else None)
        page.goto((site / name).as_uri() + query)
        return page

    yield opened
    for context in contexts:
        context.close()


def axe(page: Any) -> list[str]:
    """What axe finds on the page as it stands."""
    from axe_playwright_python.sync_playwright import Axe

    page.evaluate(Axe().axe_script)
    found = page.evaluate("axe.run({exclude: [['.sidebar-tree']]}, {resultTypes: ['violations'], preload: false})")
    return [f"{v['id']}: {[node['html'][:120] for node in v['nodes'][:3]]}" for v in found["violations"]]


def roles(page: Any) -> list[str]:
    """The names of all roles of the answer, folded ones too."""
    return page.locator(".path-finder-roles strong").all_text_contents()


def said(page: Any) -> str:
    """What the live region of the path finder says."""
    return page.locator(".path-finder [role=status]").text_content()


# -- Find your path ---------------------------------------------------------------------------------------------------


def test_every_answer_is_the_career_map_s(visit: Any) -> None:
    """All 392 combinations, asked as a change of the form asks."""
    page, career_map = visit(FINDER), load()
    ids = [
        ["", *(item.id for item in items)] for items in (career_map.pathways, career_map.domains, career_map.employers)
    ]
    combinations = list(product(*ids))
    answers = page.evaluate(
        """(combinations) => combinations.map((values) => {
          const form = document.querySelector(".path-finder form");
          ["background", "domain", "employer"].forEach((name, place) => { form.elements[name].value = values[place]; });
          form.dispatchEvent(new Event("change", { bubbles: true }));
          return [...document.querySelectorAll(".path-finder-roles strong")].map((role) => role.textContent);
        })""",
        combinations,
    )
    for (background, domain, employer), shown in zip(combinations, answers, strict=True):
        if background or domain or employer:
            expected = career_map.roles_in(pathway=background or None, domain=domain or None, employer=employer or None)
            assert sorted(shown) == sorted(role.name for role in expected), (background, domain, employer)
        else:
            assert shown == []


def test_the_answer_begins_with_the_roles_of_the_static_table(visit: Any) -> None:
    page = visit(FINDER)
    for way, domain in product(load().pathways, load().domains):
        page.locator("#find-background").select_option(way.id)
        page.locator("#find-domain").select_option(domain.id)
        cell = page.locator(f"#path-{way.id} tbody tr:has(a[href$='/{domain.id}.html']) td:nth-child(2) li")
        in_table = cell.all_text_contents()
        assert in_table
        for text, name in zip(in_table, roles(page), strict=False):
            assert text.startswith(name)
            shown = page.locator(".path-finder-roles li").filter(has=page.get_by_text(name, exact=True)).first
            assert re.findall(r"\$[\d-]+k", text) == re.findall(r"\$[\d-]+k", shown.text_content())


@pytest.mark.parametrize("way", load().pathways, ids=lambda way: way.id)
def test_an_answer_leads_to_three_phases_their_exercises_and_the_pages_to_read(
    visit: Any, way: Any, site: Path
) -> None:
    page = visit(FINDER, f"?background={way.id}")
    hrefs = page.locator(".path-finder-answer a").evaluate_all("(links) => links.map((link) => link.href)")
    static = (
        page.locator(f"#path-{way.id}").locator("a.internal").evaluate_all("(links) => links.map((link) => link.href)")
    )
    home = site.resolve().as_uri()
    for wanted in [f"pathways/{way.id}/phase-{number}" for number in (1, 2, 3)] + [
        name for name in way.reading if f"{name}.html" != FINDER
    ]:
        assert f"{home}/{wanted}.html" in hrefs
        assert f"{home}/{wanted}.html" in static, "without scripts"
    text = page.locator(".path-finder-answer").text_content().replace("’", "'")
    for phase in way.phases:
        assert phase.deliverable in text
    exercise = page.locator(f"#path-{way.id} li", has_text="Exercise:").count()
    assert page.locator(".path-finder-answer li", has_text="Exercise:").count() == exercise


@pytest.mark.parametrize("way", load().pathways, ids=lambda way: way.id)
def test_phase_1_is_three_clicks_from_the_front_page_with_and_without_the_filter(visit: Any, way: Any) -> None:
    page = visit("index.html")
    page.locator("article").get_by_role("link", name="Find your path").first.click()
    page.get_by_label("Your background").select_option(way.id)
    page.locator(".path-finder-answer a").first.click()
    assert page.url.endswith(f"pathways/{way.id}/phase-1.html")
    page = visit("index.html", java_script_enabled=False)
    page.locator(f"div.sd-card:has(a[href='pathways/{way.id}/index.html'])").click()
    page.locator("article a[href$='phase-1.html']").first.click()
    assert page.url.endswith(f"pathways/{way.id}/phase-1.html")


def test_the_address_holds_the_choice_and_back_goes_back(visit: Any) -> None:
    page = visit(FINDER)
    page.get_by_label("Your background").select_option("clinician")
    page.wait_for_timeout(SETTLED)
    page.get_by_label("Health domain").select_option("imaging")
    page.wait_for_timeout(SETTLED)
    page.get_by_label("Kind of employer").select_option("medtech")
    assert page.url.endswith("?background=clinician&domain=imaging&employer=medtech")
    shared, answer = page.url, roles(page)
    page.go_back()
    assert page.get_by_label("Kind of employer").input_value() == ""
    assert len(roles(page)) > len(answer)
    page.go_back()
    assert page.get_by_label("Health domain").input_value() == ""
    page.go_back()
    assert page.locator(".path-finder-answer").is_hidden()
    page.go_forward()
    assert page.get_by_label("Your background").input_value() == "clinician"
    page.goto(shared)
    assert roles(page) == answer
    page.reload()
    assert roles(page) == answer
    page.locator(".path-finder-answer a").first.click()
    page.go_back()
    assert roles(page) == answer


def test_running_through_a_list_by_keyboard_is_one_step_back_and_keeps_the_focus(visit: Any) -> None:
    page = visit(FINDER)
    field = page.get_by_label("Your background")
    field.focus()
    for _press in range(3):
        page.keyboard.press("ArrowDown")
    assert field.input_value() == load().pathways[2].id
    assert field.evaluate("(field) => field === document.activeElement")
    assert said(page).startswith(f"{len(load().roles_in(pathway=load().pathways[2].id))} roles")
    page.go_back()
    assert field.input_value() == ""


def test_an_address_may_say_nurse_and_a_wrong_word_is_named(visit: Any) -> None:
    assert visit(FINDER, "?background=nurse").get_by_label("Your background").input_value() == "clinician"
    page = visit(FINDER, "?background=%3Cb%3Ewizard&domain=imaging")
    assert "“<b>wizard”" in said(page)
    assert page.get_by_label("Health domain").input_value() == "imaging"
    assert not [heard for heard in page.heard if not heard.startswith("file:")]


def test_where_nothing_fits_one_press_makes_it_fit_and_the_focus_stays_in_sight(visit: Any) -> None:
    career_map = load()
    way, domain, employer = next(
        found
        for found in product(career_map.pathways, career_map.domains, career_map.employers)
        if not career_map.roles_in(pathway=found[0].id, domain=found[1].id, employer=found[2].id)
        and career_map.roles_in(pathway=found[0].id, domain=found[1].id)
    )
    page = visit(FINDER, f"?background={way.id}&domain={domain.id}&employer={employer.id}")
    assert said(page).startswith("0 roles")
    button = page.get_by_role("button", name=re.compile(f"“{employer.short}”"))
    promised = int(re.search(r"(\d+) role", button.text_content()).group(1))
    button.focus()
    page.keyboard.press("Enter")
    assert len(roles(page)) == promised == len(career_map.roles_in(pathway=way.id, domain=domain.id))
    assert page.evaluate("document.activeElement.id") == "find-employer"


@pytest.mark.parametrize(("screen", "scheme"), [(WIDE, "light"), (PHONE, "dark"), (ZOOMED, "light")])
@pytest.mark.parametrize(
    "query", ["?background=clinician", "?background=life-sciences&domain=imaging&employer=big-tech"]
)
def test_axe_finds_nothing_in_an_answer(visit: Any, screen: Any, scheme: str, query: str) -> None:
    page = visit(FINDER, query, viewport=screen, color_scheme=scheme)
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]


def test_without_scripts_the_tables_stand_and_no_field_is_dead(visit: Any) -> None:
    page = visit(FINDER, java_script_enabled=False)
    assert page.locator(".path-finder select").first.is_hidden()
    page.get_by_role("link", name="clinic", exact=True).click()
    assert page.url.endswith("#you-care-for-patients")
    page.locator("#path-clinician details summary").click()
    assert page.locator("#path-clinician details li").first.is_visible()


def test_an_answer_prints_alone_and_whole(visit: Any) -> None:
    page = visit(FINDER, "?background=clinician")
    page.emulate_media(media="print")
    assert page.locator(".path-finder form").is_hidden()
    assert page.locator("#path-clinician").is_hidden()
    assert page.locator(".path-finder-roles").last.evaluate("(list) => list.getBoundingClientRect().height") > 100
    page = visit(FINDER)
    page.emulate_media(media="print")
    assert page.locator("#path-clinician").is_visible()


def test_both_pages_are_ready_when_they_are_loaded_and_only_they_carry_the_scripts(visit: Any, site: Path) -> None:
    for name, mark in ((FINDER, "path-finder-ready"), (SHEET, "worksheet-ready")):
        page = visit(name)
        ready, loaded = page.evaluate(
            f"[performance.getEntriesByName('{mark}')[0].startTime,"
            " performance.getEntriesByType('navigation')[0].loadEventStart]"
        )
        assert ready <= loaded
    for script, page in (("path-finder.js", FINDER), ("worksheet.js", SHEET)):
        users = [file for file in site.rglob("*.html") if script in file.read_text(encoding="utf-8")]
        assert users == [site / page]
        assert (site / "_static" / script).stat().st_size < 10_000


# -- The sheet ---------------------------------------------------------------------------------------------------------


def fields(page: Any) -> Any:
    """The sheet's fields."""
    return page.locator("article textarea")


def test_every_empty_cell_becomes_a_field_with_a_name_of_its_own(visit: Any, site: Path) -> None:
    page = visit(SHEET)
    empty = (
        visit(SHEET, java_script_enabled=False)
        .locator("table.worksheet td")
        .evaluate_all("(cells) => cells.filter((cell) => !cell.textContent.trim()).length")
    )
    names = fields(page).evaluate_all("(areas) => areas.map((area) => area.getAttribute('aria-label'))")
    assert len(names) == len(set(names)) == empty + 1
    assert page.get_by_label("No. 2: What it shows").count() == 1


def test_what_is_typed_leaves_nothing_behind_and_asks_no_host(visit: Any) -> None:
    page = visit(SHEET)
    page.wait_for_timeout(300)  # for the icon, which is asked for last
    before = len(page.heard)
    for place in range(fields(page).count()):
        fields(page).nth(place).fill(f"answer {place}")
    page.wait_for_timeout(300)
    assert page.heard[before:] == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


def test_answers_are_kept_if_asked_and_forgotten_with_a_way_back(visit: Any) -> None:
    page = visit(SHEET)
    first = fields(page).first
    first.fill("I know the rota")
    page.get_by_label("Keep my answers in this browser").focus()
    page.keyboard.press("Space")
    page.reload()
    assert first.input_value() == "I know the rota"
    first.fill("I know the rota by heart")
    page.reload()
    assert first.input_value() == "I know the rota by heart"
    forget = page.get_by_role("button", name="Forget my answers")
    forget.focus()
    page.keyboard.press("Enter")
    assert first.input_value() == ""
    assert page.evaluate("localStorage.length") == 0
    assert "keeps nothing" in page.locator(".worksheet-tools [role=status]").text_content()
    fields(page).nth(1).fill("typed after that")
    page.get_by_role("button", name="Undo").focus()
    page.keyboard.press("Enter")
    assert first.input_value() == "I know the rota by heart"
    assert fields(page).nth(1).input_value() == "typed after that"
    assert forget.evaluate("(button) => button === document.activeElement")
    page.reload()
    assert first.input_value() == "I know the rota by heart"
    page.get_by_label("Keep my answers in this browser").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_a_browser_that_keeps_nothing_says_so_and_a_spoilt_memory_is_no_fault(visit: Any) -> None:
    page = visit(SHEET)
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }")
    fields(page).first.fill("text")
    page.get_by_label("Keep my answers in this browser").click()
    assert "Print the sheet before you leave" in page.locator(".worksheet-tools [role=status]").text_content()
    assert not page.get_by_label("Keep my answers in this browser").is_checked()
    page = visit(SHEET)
    page.evaluate("localStorage.setItem('wardround.worksheet', '{broken')")
    page.reload()
    assert fields(page).count() > 20
    assert not [heard for heard in page.heard if not heard.startswith("file:")]


def test_leaving_with_answers_that_are_not_kept_asks_first(visit: Any) -> None:
    page, asked = visit(SHEET), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    fields(page).first.press_sequentially("text")
    page.reload()
    assert asked == ["beforeunload"]
    fields(page).first.press_sequentially("text")
    page.get_by_label("Keep my answers in this browser").check()
    page.reload()
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("screen", [WIDE, PHONE, ZOOMED])
def test_long_answers_are_seen_whole_on_screen_and_on_paper(visit: Any, screen: Any) -> None:
    page = visit(SHEET, viewport=screen)
    for place in range(fields(page).count()):
        fields(page).nth(place).fill(LONG)
    clipped = (
        "(areas) => areas.filter((area) => area.scrollHeight > area.clientHeight + 1).map((area) => area.ariaLabel)"
    )
    assert fields(page).evaluate_all(clipped) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    assert axe(page) == []
    page.emulate_media(media="print")
    assert fields(page).first.is_hidden()
    assert page.locator(".worksheet-tools").is_hidden()


def test_the_printed_sheet_holds_every_word(visit: Any, tmp_path: Path) -> None:
    from pypdf import PdfReader

    page = visit(SHEET)
    for place in range(fields(page).count()):
        fields(page).nth(place).fill(f"begin{place} " + LONG + f" end{place}")
    page.evaluate("window.print = () => {}")
    page.get_by_role("button", name="Print the sheet").click()  # the sheet alone
    page.pdf(path=tmp_path / "sheet.pdf", format="A4")
    text = re.sub(r"\s+", " ", " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "sheet.pdf").pages))
    missing = [
        f"{mark}{place}"
        for place in range(fields(page).count())
        for mark in ("begin", "end")
        if not re.search(rf"\b{mark}{place}\b", text)
    ]
    assert missing == []
    assert "Part 3: proofs" in text
    assert "Amina" not in text
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert "Amina" in " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages)


def test_without_scripts_the_blank_sheet_stands_and_prints(visit: Any) -> None:
    page = visit(SHEET, java_script_enabled=False)
    assert fields(page).count() == 0
    assert page.get_by_role("button", name="Forget").count() == 0
    page.emulate_media(media="print")
    assert page.locator("table.worksheet").first.is_visible()


def test_the_sheet_s_memory_is_by_question(visit: Any) -> None:
    """A question that is reworded in a later edition must not inherit another one's answer."""
    page = visit(SHEET)
    fields(page).first.fill("rota")
    page.get_by_label("Keep my answers in this browser").check()
    kept = json.loads(page.evaluate("localStorage.getItem('wardround.worksheet')"))
    assert kept == {fields(page).first.get_attribute("aria-label"): "rota"}
