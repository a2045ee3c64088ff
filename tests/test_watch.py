"""`wardround watch`, really run: a save is checked once, a hanging run makes way, Ctrl-C ends it cleanly."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from wardround.catalog import load_catalog
from wardround.watch import Watch, is_source
from wardround.workspace import find_place, start

CATALOG = load_catalog()
ENTRY = CATALOG.pathway("software-engineer")[0]
LONGEST = 120  # seconds to wait for a line, on a busy computer
CHECKS = '''
from wardround.grading import expect_close, graded

@graded(points=100, hint="Two times.")
def test_double(submission):
    """Doubling doubles."""
    expect_close(submission.double(2), 4, within=1e-9, call="double(2)")
'''


@pytest.fixture
def home(tmp_path):
    folder = start("software-engineer", tmp_path / "Übung eins", CATALOG).folder / ENTRY.name
    (folder / ENTRY.checks.name).write_text(CHECKS)
    (folder / "readmission.py").write_text("def double(x): return 3\n", encoding="utf-8")
    return folder


@pytest.fixture
def watching(home):
    """Start it in the exercise's folder; return the process and a function that waits for words."""
    plain = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}
    command = [sys.executable, "-u", "-c", "from wardround.cli import main; main()", "watch"]
    # Whoever runs the tests in the background runs them deaf to Ctrl-C, and a child would inherit that.
    hearing = None if sys.platform == "win32" else lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        command,
        cwd=home,
        env=plain,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        preexec_fn=hearing,  # noqa: PLW1509 - nothing but a flag is set
    )
    lines = queue.Queue()
    reader = threading.Thread(target=lambda: [lines.put(line) for line in process.stdout], daemon=True)
    reader.start()

    def wait_for(words):
        heard, until = [], time.monotonic() + LONGEST
        while time.monotonic() < until:
            try:
                heard.append(lines.get(timeout=1))
            except queue.Empty:
                assert process.poll() is None or not lines.empty(), heard
                continue
            if words in heard[-1]:
                return "".join(heard)
        pytest.fail(f"never said {words!r}, but:\n{''.join(heard)}")

    yield process, wait_for
    if process.poll() is None:
        process.kill()
    process.wait()
    reader.join(10)
    process.stdout.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one process there")
def test_a_save_is_checked_a_hanging_run_makes_way_and_ctrl_c_ends(home, watching):
    process, wait_for = watching
    assert "double(2) gives 3, but it should be 4" in wait_for("Watching. Save a file")
    (home / "readmission.py").write_text("import time\ndef double(x):\n    time.sleep(600)\n", encoding="utf-8")
    wait_for(ENTRY.name)
    time.sleep(1)
    (home / "readmission.py").write_text("def double(x): return 2 * x\n", encoding="utf-8")
    assert "the run before was stopped" in wait_for("stopped)")
    text = wait_for("Watching. Save a file")
    assert "100 of 100 points" in text
    assert "\x1b[2J" not in text  # what is on the screen stays there
    process.send_signal(signal.SIGINT)
    ended = wait_for("Ended.")
    assert "Traceback" not in ended
    assert process.wait(30) == 0


@pytest.fixture
def task(home):
    made = Watch(find_place(home, CATALOG), (ENTRY,), 0, lambda _line: None)
    yield made
    made.stop()


def test_only_new_contents_of_an_answer_count(home, task):
    assert task.changed() == ()
    os.utime(home / "readmission.py")
    (home / "readmission.py").write_bytes((home / "readmission.py").read_bytes())
    (home / "picture.png").write_bytes(b"x")
    (home / ".readmission.py.tmp").write_bytes(b"x")
    (home / "__pycache__").mkdir(exist_ok=True)
    (home / "__pycache__" / "x.py").write_bytes(b"x")
    assert task.changed() == ()
    (home / "helper.py").write_text("x = 1\n", encoding="utf-8")
    assert task.changed() == (ENTRY,)
    (home / "helper.py").unlink()
    assert task.changed() == (ENTRY,)
    assert task.changed() == ()


def test_a_run_that_does_not_end_by_itself_is_ended_with_what_it_started(home, task):
    pid = home / "pid"
    code = (
        "import os, signal, subprocess, sys, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(pid)!r}, 'w').write(str(os.getpid()))\nwhile True: time.sleep(1)\n"
    )
    (home / "conftest.py").write_text(code, encoding="utf-8")
    task.run((ENTRY,))
    until = time.monotonic() + LONGEST
    while not (pid.exists() and pid.read_text()) and time.monotonic() < until:
        time.sleep(0.1)
    process = task.running
    assert task.stop()
    assert process.returncode is not None
    assert not task.stop()


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a/readmission.py", True), ("a/note.yaml", True), ("a/.note.yaml", False), ("a/out.csv", False),
     ("a/__pycache__/x.py", False), ("a/.ipynb_checkpoints/x.py", False)],
)  # fmt: skip
def test_what_is_part_of_an_answer(name, wanted):
    assert is_source(Path(name)) is wanted
