"""The page "Your dated plan" in a real Chromium: it makes the plan that the command makes, and tells what is wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from wardround.careers import load
from wardround.catalog import load_catalog
from wardround.planner import Plan, make_plan, material, read_wish
from wardround.planner.calendar import as_calendar
from wardround.planner.markdown import as_markdown

pytestmark = pytest.mark.browser

YEAR = date.today().year + 1  # noqa: DTZ011 - days that are ahead for both, wherever the test runs
ASKED = [
    ("software-engineer", "imaging", f"{YEAR}-01-04", "8", []),
    ("software-engineer", None, f"{YEAR}-12-29", "2", [f"{YEAR + 1}-02-01..{YEAR + 1}-02-07"]),
    ("clinician", "hospital-operations", f"{YEAR}-02-26", "6.5", [f"{YEAR}-05-01", f"{YEAR}-03-03..{YEAR}-03-20"]),
    ("student-switcher", "genai-documentation", f"{YEAR}-03-20", "40", [f"{YEAR}-03-27..{YEAR}-04-02"]),
    ("data-scientist", "drug-discovery", f"{YEAR}-10-01", "3.5", []),
]


@pytest.fixture
def page(site: Path, browser: Any) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, reduced_motion="reduce", accept_downloads=True
    )
    context.set_default_timeout(15_000)
    opened = context.new_page()
    opened.complaints = []
    opened.on("pageerror", lambda error: opened.complaints.append(str(error)))
    opened.on("request", lambda request: opened.complaints.append(request.url) if "://" in request.url[5:] else None)
    opened.goto((site / "start" / "plan.html").as_uri())
    opened.complaints = [said for said in opened.complaints if not said.startswith("file://")]
    yield opened
    assert [said for said in opened.complaints if not said.startswith(("file://", "blob:"))] == []
    context.close()


def fill(page: Any, asked: tuple[Any, ...]) -> None:
    pathway, domain, start, hours, skip = asked
    page.select_option("#plan-pathway", pathway)
    page.select_option("#plan-domain", domain or "")
    page.fill("#plan-start", start)
    page.fill("#plan-hours", hours)
    for n, days in enumerate(skip):
        if n:
            page.get_by_role("button", name="More days off").click()
        first, _, last = days.partition("..")
        row = page.locator(".plan-days").nth(n).locator("input")
        row.nth(0).fill(first)
        row.nth(1).fill(last)
    make(page)


def make(page: Any) -> None:
    """Ask for the plan; wait until it is there, or a fault is told: the material comes with the first plan."""
    page.get_by_role("button", name="Make the plan").click()
    page.locator("#plan:visible, .plan-fault:not(:empty)").first.wait_for()


def saved(page: Any, button: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def by_command(pathway: str, domain: str | None, start: str, hours: str, skip: list[str]) -> Plan:
    source = material(load(), load_catalog())
    today = datetime.now(UTC).date()
    return make_plan(
        read_wish(source, pathway=pathway, domain=domain, start=start, hours=hours, skip=skip, today=today)
    )


def entries(data: bytes) -> list[dict[str, Any]]:
    changing = {"DTSTAMP", "SEQUENCE"}
    found = Calendar.from_ical(data).walk("VEVENT")
    return [{key: event.decoded(key) for key in event if key not in changing} for event in found]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: f"{asked[0]}-{asked[3]}")
def test_the_page_makes_what_the_command_makes(page: Any, asked: tuple[Any, ...]) -> None:
    fill(page, asked)
    plan, home = by_command(*asked), page.locator("#plan-form").get_attribute("data-site")
    assert saved(page, "Save as text").decode() == as_markdown(plan, home)
    theirs = saved(page, "Save for a calendar")
    ours = as_calendar(plan, home, datetime.now(UTC))
    assert entries(theirs) == entries(ours)
    assert b"\n" not in theirs.replace(b"\r\n", b"")
    assert max(map(len, theirs.split(b"\r\n"))) <= 75
    heads = {key: Calendar.from_ical(ours)[key] for key in ("VERSION", "PRODID", "X-WR-CALNAME")}
    assert {key: Calendar.from_ical(theirs)[key] for key in heads} == heads
    stamped = Calendar.from_ical(theirs).walk("VEVENT")[0]
    assert abs(stamped.decoded("DTSTAMP") - datetime.now(UTC)) < timedelta(minutes=5)
    assert abs(stamped["SEQUENCE"] - Calendar.from_ical(ours).walk("VEVENT")[0]["SEQUENCE"]) <= 5


def test_faults_are_told_beside_their_fields_and_the_first_is_focused(page: Any) -> None:
    fill(page, ("clinician", None, "2020-01-01", "99", [f"{YEAR}-03-03..{YEAR}-03-01"]))
    assert not page.locator("#plan").is_visible()
    for field, said in (
        ("#plan-start", "This day is past"),
        ("#plan-hours", "2 to 40"),
        (".plan-days input >> nth=0", "before the first"),
    ):
        box = page.locator(field)
        assert box.get_attribute("aria-invalid") == "true"
        told = [page.locator(f"#{name}").inner_text() for name in box.get_attribute("aria-describedby").split()]
        assert any(said in text for text in told), told
    assert page.evaluate("document.activeElement.id") == "plan-start"
    fill(page, ("clinician", None, f"{YEAR}-01-04", "8", [f"{YEAR}-03-01..{YEAR}-03-03"]))
    assert page.locator("#plan").is_visible()
    assert page.locator("[aria-invalid=true]").count() == 0


@pytest.mark.parametrize(("hours", "start"), [("0", f"{YEAR}-01-04"), ("7.2", f"{YEAR}-01-04"), ("8", "2090-01-01")])
def test_what_the_command_refuses_the_page_refuses(page: Any, hours: str, start: str) -> None:
    fill(page, ("clinician", None, start, hours, []))
    assert not page.locator("#plan").is_visible()
    assert page.locator(".plan-fault:not(:empty)").count() == 1


def test_the_plan_is_focused_readable_to_all_and_printed_alone(page: Any) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert page.input_value("#plan-start")  # the coming Monday
    make(page)
    assert page.evaluate("document.activeElement.textContent").startswith("Your plan: ")
    assert page.locator("#plan a").first.get_attribute("href").startswith("file://")
    page.evaluate(Axe().axe_script)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate("axe.run({exclude: [['.sidebar-tree']]}, {resultTypes: ['violations'], preload: false})")
        assert [(v["id"], [node["html"][:120] for node in v["nodes"][:3]]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.emulate_media(media="print")
    assert page.locator("#plan h2").is_visible()
    for hidden in ("#plan-form", ".plan-tools", "article h1", "#site-menu"):
        assert not page.locator(hidden).is_visible(), hidden


def test_without_scripts_the_command_is_there_and_no_form(site: Path, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "start" / "plan.html").as_uri())
    assert not page.locator("#plan-form").is_visible()
    assert page.get_by_text("runs no scripts").is_visible()
    assert page.get_by_text("wardround plan software-engineer").first.is_visible()
    context.close()


def test_the_script_is_light_and_on_its_page_only(site: Path) -> None:
    assert (site / "_static" / "plan.js").stat().st_size < 10_000
    loading = [file.name for file in site.rglob("*.html") if "_static/plan." in file.read_text(encoding="utf-8")]
    assert loading == ["plan.html"]
