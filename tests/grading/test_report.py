"""The HTML report: whole by itself, hostile text in it harmless, every picture with its data, and open to everybody."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import wardround.grading.expectations
import wardround.grading.session
import wardround.hospital  # noqa: F401
from wardround.grading.pictures import Bars, Lines, Mark, Stop, Table, Walk
from wardround.grading.report import Graded, page, write_report
from wardround.grading.scorecard import Check, Scorecard

pytest_plugins = ["pytester"]

HOSTILE = (
    "</title><script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)> \" onload='x' & `<b>` ]]>-->"
)
WEEKS = range(1, 53)
PICTURES = (
    Table("Alarms in a shift", ("", "ill", "well"), (("alarm", 8, 32), ("silence", None, 1058))),
    Table("Wide", [f"column {n}" for n in range(9)], [["words " * 20, *range(8)] for _ in range(30)]),
    Lines(
        "Deaths",
        WEEKS,
        {name: [n + week / 10 if week != 20 else None for week in WEEKS] for n, name in enumerate("abcdef")},
        "per 100",
        (Mark(14, "your rule stops here"), Mark(40, "the trial ends")),
        {"your limit": 3.0},
        "week",
    ),
    Lines("One point", [3], {"a": [2]}),
    Bars("Net value", {"adoption": (-20_000, 35_000), "licenses and everything else that it costs": 9_000}, "dollars"),
    Walk("Patient 7", (Stop("00:00", "score", "0.81"), Stop("00:05", "nurse-review", "nobody reads it", ok=False))),
)
HOSTILE_PICTURES = (
    Table(HOSTILE, (HOSTILE, HOSTILE), [(HOSTILE, HOSTILE)]),
    Lines(HOSTILE, [1, 2], {HOSTILE: [1, 2]}, HOSTILE, (Mark(1, HOSTILE),), {HOSTILE: 1}, HOSTILE),
    Bars(HOSTILE, {HOSTILE: 1}, HOSTILE),
    Walk(HOSTILE, (Stop(HOSTILE, HOSTILE, HOSTILE),)),
)
CHECKS = (
    Check("test_a", "The rule stops in time.", 20, 20, "done", "", "no hint for what is done", pictures=PICTURES),
    Check("test_b", "The night has an owner.", 0, 50, "not yet", "`walk(7)` ends", "Look.", 5, pictures=PICTURES[5:]),
    Check("test_c", "The note.", 0, 30, "waiting", "note.yaml still says TODO", "no hint for what waits"),
)


def report(*checks, pictures=(), **more):
    card = Scorecard("path/1-x", "A title", (1, 5), checks or CHECKS)
    return page([Graded(card, "Next: The night.", **more)], [], (5,), "2026-11-28 18:05")


def hostile():
    check = Check(
        "t", HOSTILE, 0, 9, "not yet", HOSTILE, HOSTILE, trace=(HOSTILE,), printed=HOSTILE, pictures=HOSTILE_PICTURES
    )
    graded = Graded(Scorecard(HOSTILE, HOSTILE, (1,), (check,)), HOSTILE, answers=HOSTILE)
    return page([graded, graded], [(HOSTILE, HOSTILE)], (), "now")


class Reader(HTMLParser):
    """Notes every tag and attribute, and whether each tag is closed in its turn."""

    VOID = frozenset({"meta"})

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.open = [], [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize("make", [report, hostile])
def test_it_is_well_formed_names_each_id_once_and_loads_nothing(make):
    text = make()
    read = Reader(text)
    ids = [value for _, name, value in read.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = [value for _, name, value in read.attributes if name == "href"]
    assert targets
    assert all(target.startswith("#") and target[1:] in ids for target in targets)
    referred = [id_ for _, name, value in read.attributes if name == "aria-labelledby" for id_ in value.split()]
    assert set(referred) <= set(ids)
    assert {"script", "link", "img", "iframe", "object", "b"}.isdisjoint(read.tags)
    assert not [name for _, name, _ in read.attributes if name in {"src", "xlink:href"} or name.startswith("on")]
    assert "url(" not in text
    assert "@import" not in text
    assert "default-src 'none'" in text


def test_hostile_text_is_there_to_be_read():
    assert hostile().count("&lt;script&gt;alert(1)&lt;/script&gt;") > 20
    assert "<script" not in hostile()


def test_headings_go_down_one_at_a_time():
    several = page([Graded(Scorecard("a", "A", (1,), CHECKS), "n")] * 2, [("B", "install it")], (), "now")
    for text, heads in ((report(), "1222"), (several, "123332333" + "2")):
        levels = "".join(re.findall(r"<h([1-6])", text))
        assert levels == heads
        assert all(int(b) - int(a) <= 1 for a, b in pairwise(levels))
    assert "40 of 200 points" in several
    assert "<h1>3 exercises</h1>" in several
    assert "install it" in several


def test_each_check_says_its_state_points_message_and_hint():
    text = report(not_run=2, answers="rivera-1")
    for state, mark in (("done", "✓"), ("not yet", "✗"), ("waiting", "·")):
        assert f"{mark} {state}</span>" in text
    assert "On unseen seed 5: <code>walk(7)</code> ends." in text
    assert "Look." in text
    assert "no hint" not in text
    for words in ("20 of 100 points", "practice seed 1 · unseen 5", "path/1-x", "rivera-1", "2 other checks"):
        assert words in text
    assert "Next: The night." in text
    assert "For learning, not for clinical use." in text


def test_a_trace_and_what_was_printed_are_kept():
    text = report(Check("t", "T", 0, 9, "not yet", "m", "", trace=("a.py, line 3",), printed="\n".join("abcdefg")))
    assert "<pre>a.py, line 3</pre>" in text
    assert "the last 5 of 7 lines" in text
    assert "<pre>c\nd\ne\nf\ng</pre>" in text


def test_done_checks_show_their_pictures_too():
    done = report().split('id="c1-1"')[1].split('id="c1-2"')[0]
    assert done.count("<figure") == len(PICTURES)


def test_every_chart_is_an_image_with_a_title_and_its_data_in_a_table():
    text = report(CHECKS[0])
    charts = re.findall(r'<svg role="img" aria-labelledby="(\S+) (\S+)"', text)
    assert len(charts) == 3
    assert text.count("<details>") == 3
    for title, summary in charts:
        assert f'<title id="{title}">' in text
        assert f'<desc id="{summary}">' in text
    assert "Bars. adoption: -20,000 to 35,000; licenses" in text
    assert "a: 0.1 at first, 5.2 at last, between 0.1 and 5.2" in text
    assert text.count("<table") == text.count("<caption>") == 6
    assert '<th scope="col"' in text
    assert '<th scope="row">alarm</th><td class="number">8</td>' in text
    assert '<th scope="row">14</th>' in text
    assert "your rule stops here (week 14)" in text


def test_a_line_is_broken_at_its_gap_and_stays_inside():
    text = report(Check("t", "T", 9, 9, "done", "", "", pictures=PICTURES[2:3]))
    runs = [run.split() for run in re.findall(r'<polyline points="([^"]+)"', text)]
    assert sorted(map(len, runs)) == [19] * 6 + [32] * 6
    points = [tuple(map(float, point.split(","))) for run in runs for point in run]
    assert min(x for x, _ in points) == 0
    assert max(x for x, _ in points) == 100
    assert all(28 <= y <= 248 for _, y in points)


def test_a_long_line_has_a_short_table_and_few_signs():
    text = report(Check("t", "T", 9, 9, "done", "", "", pictures=(Lines("L", range(5000), {"a": range(5000)}),)))
    assert "... 4,800 rows more" in text
    assert text.count("<circle") == 1  # the key's
    assert len(text) < 150_000


def test_a_walk_says_the_state_in_words_and_where_it_fails():
    walk = report(CHECKS[1])
    assert walk.count("<li") == 2
    assert '<span class="state">✗ fails</span> <strong>nurse-review</strong>' in walk
    assert "2 stops; fails at nurse-review." in walk


def test_writing_replaces_the_whole_file(tmp_path):
    path = tmp_path / "r.html"
    path.write_text("old")
    write_report(path, [Graded(Scorecard("a", "A \ud800", (1,), CHECKS), "n")], [], (), "now")
    assert path.read_text(encoding="utf-8").endswith("</html>\n")
    assert [p.name for p in tmp_path.iterdir()] == ["r.html"]


TOY = '''
from wardround.grading import expect, graded
from wardround.grading.pictures import Table

@graded(points=100, hint="Think of the night.")
def test_it(seed, show):
    """Somebody reads it."""
    show(Table(f"Alarms of seed {seed}", ("n",), [(seed,)]))
    expect(seed != 2, "Nobody reads it.")
'''


@pytest.fixture
def graded(pytester):
    """Grade a toy: (text, report or None, exit code)."""

    def run(*arguments, names=("toy",)):
        for name in names:
            (pytester.mkdir(name) / f"test_{name}.py").write_text(TOY, encoding="utf-8")
        result = pytester.runpytest("-q", *arguments)
        path = pytester.path / "out.html"
        text = path.read_text(encoding="utf-8") if path.is_file() else None
        return result.stdout.str() + result.stderr.str(), text, result.ret

    return run


def test_the_option_writes_it_and_the_card_says_where(graded):
    text, written, code = graded("--report=out.html", "--scorecard=card.json", "--seed=1", "--seed=2")
    assert code == 1
    assert "The report, for a browser: out.html" in text
    assert "On seed 2: Nobody reads it." in written
    assert "Alarms of seed 2" in written
    assert "Next: Somebody reads it." in written


def test_a_done_check_shows_the_first_seed(graded):
    text, written, code = graded("--report=out.html", "--seed=3", "--seed=4")
    assert code == 0
    assert "Alarms of seed 3" in written
    assert "Alarms of" not in text


def test_several_exercises_share_one_report(graded):
    _, written, _ = graded("--report=out.html", names=("one", "two"))
    assert "<h1>2 exercises</h1>" in written
    assert "200 of 200 points" in written


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ("--report=no/such/out.html", "--report no/such/out.html: name a file in a folder that exists."),
        ("--report=out.txt", "ends in .html"),
        ("--report=.", "folder that exists"),
    ],
)
def test_a_wrong_path_is_told_before_anything_runs(graded, option, says):
    text, written, code = graded(option)
    assert says in text
    assert "checks" not in text
    assert (written, code) == (None, pytest.ExitCode.USAGE_ERROR)


def test_a_report_that_cannot_be_written_is_told(graded, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("wardround.grading.report.write_bytes", full)
    text, written, code = graded("--report=out.html")
    assert "out.html could not be written: No space left on device." in text
    assert "for a browser" not in text
    assert (written, code) == (None, pytest.ExitCode.USAGE_ERROR)


def test_a_run_without_it_draws_nothing_and_loads_nothing_that_draws(pytester):
    (pytester.path / "test_toy.py").write_text(TOY, encoding="utf-8")
    (pytester.path / "conftest.py").write_text(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    drawing = [n for n in sys.modules if n.startswith('wardround.grading.pic') or n.endswith('report')]\n"
        "    print('LOADED', [n for n in drawing if n.startswith('wardround')])\n",
        encoding="utf-8",
    )
    out = pytester.runpytest_subprocess("-q", "--seed=1").stdout.str()
    assert "LOADED ['wardround.grading.pictures']" in out


@pytest.mark.browser
@pytest.mark.parametrize("make", [report, hostile])
def test_a_browser_finds_no_fault_in_any_light_or_width(browser, tmp_path, make):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "report.html"
    path.write_text(make(), encoding="utf-8")
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
        tab = context.new_page()
        said, asked = [], []
        tab.on("console", lambda message, said=said: said.append(message.text))
        tab.on("dialog", lambda dialog, said=said: (said.append(dialog.message), dialog.dismiss()))
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.goto(path.as_uri())
        assert (said, asked) == ([], [path.as_uri()])
        tab.evaluate("document.querySelectorAll('details').forEach((data) => { data.open = true; })")
        for width in (1280, 390, 320):
            tab.set_viewport_size({"width": width, "height": 800})
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(tab).response["violations"]
            assert not found, json.dumps([(fault["id"], fault["nodes"][0]["html"]) for fault in found])
        context.close()
