"""Outside links: one that answered is not asked again for a week, and a bad one is listed with its place."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from wardround.handbook import links

asked: list[str] = []


class Host(BaseHTTPRequestHandler):
    """Answers /good, knows nothing else."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        asked.append(self.path)
        self.send_response(200 if self.path == "/good" else 404)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_good_link_is_asked_once_a_week_and_a_bad_one_each_time(tmp_path: Path, host: str) -> None:
    docs, cache = tmp_path / "docs", tmp_path / "links.json"
    docs.mkdir()
    (docs / "conf.py").write_text('extensions = ["myst_parser"]\n', encoding="utf-8")
    (docs / "index.md").write_text(f"# Links\n\n[good]({host}/good)\n\n[bad]({host}/bad)\n", encoding="utf-8")

    def run() -> list[str]:
        asked.clear()
        return links.check(docs, tmp_path / "doctrees", tmp_path / "out", cache)

    (line,) = run()
    assert line.startswith(f"index.md:5: {host}/bad")
    assert "404" in line
    assert "/good" in asked
    assert len(run()) == 1
    assert "/good" not in asked
    assert "/bad" in asked
    last_week = (datetime.now(UTC).date() - timedelta(days=7)).isoformat()
    cache.write_text(json.dumps({f"{host}/good": last_week}), encoding="utf-8")
    run()
    assert "/good" in asked


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": "yesterday"}', '{"a": 3}'])
def test_a_damaged_memory_is_no_memory(tmp_path: Path, text: str) -> None:
    (tmp_path / "links.json").write_text(text, encoding="utf-8")
    assert links.read_answers(tmp_path / "links.json") == {}
    assert links.read_answers(tmp_path / "gone.json") == {}


def test_an_answer_from_the_future_is_not_believed() -> None:
    day = date(2027, 1, 10)
    answers = {"a": day, "b": day - timedelta(days=6), "c": day - timedelta(days=7), "d": day + timedelta(days=1)}
    assert set(links.fresh(answers, day)) == {"a", "b"}
