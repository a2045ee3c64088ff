"""Whatever a learner's code does, one plain sentence comes back and the next call still works."""

import contextlib
import os
import sys
import threading

import numpy as np
import pandas as pd
import pytest

from wardround.grading.faults import NotYet, Verdict, Waiting
from wardround.grading.submission import Answer, Submission

ORIGINAL_EQUALS = pd.DataFrame.equals


@pytest.fixture
def answer(tmp_path):
    """Write the answer file(s) and return the submission."""
    made = []

    def write(source="", seconds=10.0, **others):
        folder = tmp_path / f"answer{len(made)}"
        folder.mkdir()
        sources = {"toy": source} | others if source is not None else others
        for name, text in sources.items():
            data = text if isinstance(text, bytes) else text.encode()
            (folder / f"{name}.py").write_bytes(data)
        files = tuple(f"{name}.py" for name in sources if not name.startswith("_")) or ("toy.py",)
        made.append(Answer(folder, files, "Bring it back."))
        return Submission(made[-1], seconds)

    yield write
    for each in made:
        each.close()


def fault(submission, *args, name="f"):
    with pytest.raises(Verdict) as caught:
        getattr(submission, name)(*args)
    return caught.value


def test_a_sound_call_returns_its_value(answer):
    assert answer("def f(x, y=1): return x + y").f(2, y=3) == 5


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("def ff(x): return x", ["toy.py has no function f", "It has ff: rename it"]),
        ("x = 1", ["toy.py has no function f", "The brief shows its signature"]),
        ("f = 3", ["f in toy.py is an int, not a function", "`def`"]),
        ("def f(a, b): return a", ["f(a, b) in toy.py does not take the 1 argument", "the brief shows"]),
        ("def f(): return 1", ["f() in toy.py does not take the 1 argument"]),
        ("def f(x):\n    retrun x", ["toy.py, line 2", "`retrun x`", "invalid syntax", "Mend that line"]),
        ("def f(x):\nreturn x", ["toy.py, line 2", "expected an indented block"]),
        ("import rdkitt\ndef f(x): return x", ["no module rdkitt", "toy.py, line 1", "only the packages"]),
        ("import pydicom.nothing\ndef f(x): return x", ["The package pydicom", 'pip install "wardround[imaging]"']),
        ("def f(x): raise ValueError('bad row')", ["f() raised ValueError: bad row."]),
        ("def f(x): raise KeyError('los')", ["KeyError: 'los'"]),
        ("1 / 0", ["Importing toy.py raised ZeroDivisionError"]),
        ("import sys\nsys.exit(0)", ["Importing toy.py ended the program with exit()", "toy.py, line 2", "Remove it"]),
        ("import sys\ndef f(x): sys.exit('x')", ["f() ended the program with exit()", "return a value"]),
        ("def f(x): raise SystemExit", ["ended the program"]),
        ("def f(x): raise KeyboardInterrupt", ["raised KeyboardInterrupt", "Remove it"]),
        ("class Odd(BaseException): pass\ndef f(x): raise Odd('hm')", ["f() raised Odd: hm."]),
        ("def f(x): return f(x)", ["calls itself without end", "case in which it stops"]),
        ("def f(x): raise MemoryError", ["more memory than there is", "fewer rows"]),
        ("class E(Exception):\n    def __str__(self): raise ValueError\ndef f(x): raise E", ["f() raised E"]),
        ("import os\ndef f(x): os._exit(0)", ["f() ended the whole program at toy.py, line 2", "return a value"]),
        ("import os\ndef f(x): os.abort()", ["f() ended the whole program"]),
        ("def f(x): return input('?')", ["f() asks for input at toy.py, line 1", "Take the value as a parameter"]),
        (
            "class E(Exception):\n    def __getattribute__(s, n): raise SystemExit\ndef f(x): raise E",
            ["cannot be shown"],
        ),
        ("def f(x): return type('L' * 5000, (), {})()", ["returned a LLLL", "LLL…, which is not plain data"]),
        ("def f(x): return type('L\\x1b[31m', (), {})()", ["returned a L[31m, which"]),
        ("def f(x): yield x", ["returned a generator, which is not plain data", "list(...)"]),
        ("async def f(x): return x", ["coroutine", "instead of `async def`"]),
        ("class Mol: pass\ndef f(x): return [Mol()]", ["returned a Mol, which is not plain data", "MolToSmiles"]),
        ("class M: pass\ndef f(x): return M()", ["f() returned a M, which is not plain data", "a DataFrame, an array"]),
        ("def f(x): return [f]", ["returned a function"]),
        ("def f(x):\n    a = []\n    a.append(a)\n    return a", ["nested more than"]),
        ("", ["toy.py is empty. Delete it first. Bring it back."]),
        (b"\xff\xfe\x00d", ["not a text file", "UTF-8"]),
        (b"x = '\xe9'\ndef f(x): return 1", ["toy.py", "UTF-8"]),
        (None, ["toy.py is missing", "Bring it back"]),
    ],
)
def test_each_fault_is_one_sentence_with_its_remedy(answer, source, words):
    verdict = fault(answer(source), 1)
    assert isinstance(verdict, NotYet)
    for word in words:
        assert word in verdict.sentence
    assert "Traceback" not in verdict.sentence
    assert "/" not in verdict.sentence.split("Install")[0].replace("answer0/", "")  # no path of the machine


def test_a_file_of_another_name_is_suggested(answer):
    submission = answer(None, _toyy="def f(x): return x")
    (submission._answer.folder / "_toyy.py").rename(submission._answer.folder / "Toy1.py")
    assert "Is it Toy1.py? Then rename that. Bring it back." in fault(submission, 1).sentence


@pytest.mark.parametrize("other", ["test_toy.py", "README.md", "conftest.py", "toys.py"])
def test_the_exercises_own_files_are_never_to_be_renamed(tmp_path, other):
    (tmp_path / other).write_text("x", encoding="utf-8")
    sentence = fault(Submission(Answer(tmp_path, ("toy.py", "toys.py"), "Bring it back.")).toy, 1).sentence
    assert sentence.endswith("toy.py is missing. Bring it back.")


def test_what_is_not_written_is_waiting(answer):
    verdict = fault(answer('def f(x):\n    raise NotImplementedError("f is not written yet")'), 1)
    assert isinstance(verdict, Waiting)
    assert verdict.sentence == "f is not written yet"


CALLED_AT_THE_TOP = "def f(x):\n    return g(x)\n\n\ndef g(x):\n    raise {}\n\n\nf(1)\n"


@pytest.mark.parametrize("error", ["NotImplementedError('g is not written yet')", "KeyError('los')"])
def test_a_call_outside_of_all_functions_is_named_with_its_line(answer, error):
    verdict = fault(answer(CALLED_AT_THE_TOP.format(error)), 1)
    assert isinstance(verdict, NotYet)  # not waiting: that would say that nothing is written
    assert "raised while the file was imported: toy.py, line 9 calls it." in verdict.sentence
    assert error.partition("(")[0] in verdict.sentence
    assert verdict.hint.startswith('Keep `f(1)` under `if __name__ == "__main__":`')


@pytest.mark.parametrize("call", ["breakpoint()", "import pdb; pdb.set_trace()"])
def test_a_debugger_left_in_is_named_with_its_line_and_never_waits(answer, call):
    before = sys.breakpointhook
    verdict = fault(answer(f"def f(x):\n    {call}\n    return x"), 1)
    assert "f() stops for the debugger at toy.py, line 2" in verdict.sentence
    assert verdict.sentence.endswith("Remove that line.")
    assert sys.breakpointhook is before


def sklearn_refuses_gaps():
    return "from sklearn.linear_model import LogisticRegression\ndef f(x): LogisticRegression().fit(x, [0, 1])"


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("import pandas as pd\ndef f(x): return ~pd.Series([True, False]).shift()", ".shift(fill_value=False)"),
        ("def f(x): return ~[True, False]", "np.array(...)"),
        ("import pandas as pd\ndef f(x): return pd.Series([1.0, None]).astype(int)", "SimpleImputer"),
        ("def f(x): return int(float('nan'))", "SimpleImputer"),
        (sklearn_refuses_gaps(), "SimpleImputer"),
    ],
)
def test_an_exception_over_gaps_has_a_hint_of_its_own(answer, source, hint):
    assert hint in fault(answer(source), [[1.0], [float("nan")]]).hint


@pytest.mark.parametrize(
    ("source", "hint"),
    [
        ("def f(x): return sum([]) / len([])", "a group in which nobody is"),
        ("import math\ndef f(x): return math.sqrt(-x)", "square root"),
    ],
)
def test_an_exception_over_numbers_has_a_hint_of_its_own(answer, source, hint):
    assert hint in fault(answer(source), 1).hint


def test_an_exceptions_long_text_ends_with_a_whole_sentence(answer):
    sentence = fault(answer(sklearn_refuses_gaps()), [[1.0], [float("nan")]]).sentence
    assert "Input X contains NaN. " in sentence
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert fault(answer("def f(x): raise ValueError('y' * 900)"), 1).sentence.endswith("y …")


@pytest.mark.parametrize(
    "source",
    [
        "def f(x:",
        "def ff(x): return x",
        "def f(): return 1",
        "def f(x): yield x",
        "def f(x): raise KeyError('los')",
        None,
    ],
)
def test_a_fault_of_form_shows_no_hint_of_the_check(answer, source):
    assert fault(answer(source), 1).hint == ""


def test_a_fault_while_loading_is_told_again_and_loading_is_not_repeated(answer, tmp_path):
    submission = answer(f"open({str(tmp_path / 'log')!r}, 'a').write('x')\n1 / 0")
    assert fault(submission, 1).sentence == fault(submission, 1).sentence
    assert (tmp_path / "log").read_text() == "x"


@pytest.mark.parametrize(
    "loop",
    [
        "while True: pass",
        "while True:\n        try: sum(range(10**4))\n        except Exception: pass",
        "while True:\n        try: sum(range(10**4))\n        except: pass",
        "import time\n    time.sleep(600)",
    ],
)
def test_an_endless_loop_is_stopped_and_the_next_call_works(answer, loop):
    submission = answer(f"def f(x):\n    {loop}\ndef g(x): return x", seconds=0.3)
    verdict = fault(submission, 1)
    assert "f() was stopped after 0.3 s at toy.py, line" in verdict.sentence
    assert "loop that never ends" in verdict.sentence
    assert submission.g(4) == 4


@pytest.mark.parametrize("setter", ["settrace", "setprofile"])
def test_a_trace_that_the_code_sets_ends_with_its_call(answer, setter):
    before = sys.gettrace(), sys.getprofile()
    code = f"import sys\ndef hang(*event):\n    while True: pass\ndef f(x):\n    sys.{setter}(hang)\n    return x\n"
    submission = answer(code + "def g(x): return x + 1\n", seconds=0.3)
    with contextlib.suppress(Verdict):  # whether the hang begins before its end is Python's affair
        submission.f(1)
    assert (sys.gettrace(), sys.getprofile()) == before
    assert submission.g(1) == 2


def test_a_loop_is_stopped_off_the_main_thread_too(answer):
    submission = answer("def f(x):\n    while True:\n        try: pass\n        except: pass", seconds=0.3)
    said = []
    thread = threading.Thread(target=lambda: said.append(fault(submission, 1).sentence))
    thread.start()
    thread.join(60)
    assert "was stopped after 0.3 s" in said[0]


def test_a_gigabyte_of_prints_is_not_held(answer):
    loop = "for n in range(1000): print('x' * 10**6)"
    source = f"import sys\ndef f(x):\n    {loop}\n    sys.stdout.buffer.write(b'y')\n    1 / 0"
    verdict = fault(answer(source), 1)
    assert "ZeroDivisionError" in verdict.sentence
    assert len(verdict.printed) <= 20_000


def test_inputs_cannot_be_changed_and_the_change_can_be_seen(answer):
    frame = pd.DataFrame({"a": [1, 2]})
    submission = answer("def f(df):\n    df['b'] = 1\n    return df")
    result, (after,) = submission.f.keeping_inputs(frame)
    assert list(frame.columns) == ["a"]
    assert list(after.columns) == ["a", "b"]
    result.loc[0, "a"] = 99  # what came back is a copy as well
    assert after.loc[0, "a"] == 1


def test_a_result_is_rebuilt_from_plain_types(answer):
    source = """
import dataclasses, pandas as pd
class Sly(pd.DataFrame):
    @property
    def _constructor(self): return Sly
    def equals(self, other): return True
@dataclasses.dataclass
class Report:
    auc: float
    def __eq__(self, other): return True
def f(x): return Sly({"a": [1]})
def g(x): return Report(0.7)
"""
    submission = answer(source)
    assert type(submission.f(1)) is pd.DataFrame
    assert submission.g(1).auc == 0.7
    assert dict(submission.g(1)) == {"auc": 0.7}


@pytest.mark.parametrize(
    ("patch", "name"),
    [
        ("import pandas as pd\npd.DataFrame.equals = lambda a, b: True", "pandas.DataFrame.equals"),
        ("import numpy as np\nnp.isclose = np.allclose = lambda *a, **k: True", "numpy.isclose"),
        ("import builtins\nbuiltins.abs = lambda x: 0", "builtins.abs"),
    ],
)
def test_replacing_what_checks_rest_on_is_told_and_undone(answer, patch, name):
    verdict = fault(answer(f"{patch}\ndef f(x): return x"), 1)
    assert f"replaces {name}" in verdict.sentence or f"and {name}" in verdict.sentence
    assert "put back" in verdict.sentence
    assert not np.isclose(1, 2)
    assert abs(-1) == 1
    assert pd.DataFrame.equals is ORIGINAL_EQUALS


def test_the_world_is_put_back(answer, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    before = threading.active_count()
    submission = answer(
        "import os, sys, warnings\nimport numpy as np\n"
        "def f(x):\n    os.chdir('/'); sys.path.clear(); sys.stdout = None; np.seterr(all='raise')\n"
        "    warnings.simplefilter('error'); sys.setrecursionlimit(5000); return 1"
    )
    state = (list(sys.path), sys.stdout, sys.getrecursionlimit(), np.geterr())
    assert submission.f(1) == 1
    assert (list(sys.path), sys.stdout, sys.getrecursionlimit(), np.geterr()) == state
    assert tmp_path.samefile(".")
    assert threading.active_count() == before


def test_helpers_beside_an_answer_can_be_imported_and_do_not_leak(answer):
    first = answer("from _helper import k\ndef f(x): return k", _helper="k = 1")
    second = answer("def f(x):\n    from _helper import k\n    return k", _helper="k = 2")
    assert [first.f(0), second.f(0), first.f(0), second.f(0)] == [1, 2, 1, 2]


def test_several_modules_are_asked_by_name(answer):
    submission = answer("def f(x): return x", other="def g(x): return -x")
    assert submission.toy.f(1) == 1
    assert submission.other.g(1) == -1


def test_the_main_block_does_not_run(answer):
    assert answer("def f(x): return x\nif __name__ == '__main__': 1 / 0").f(1) == 1


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_copy_of_the_grader_made_by_a_fork_does_not_grade_on(answer, tmp_path):
    submission = answer(
        f"import os\ndef f(x):\n    child = os.fork()\n    if child: os.waitpid(child, 0)\n"
        f"    return child\ndef g(x): open({str(tmp_path / 'log')!r}, 'a').write('x')"
    )
    submission.f(1)
    submission.g(1)
    assert (tmp_path / "log").read_text() == "x"


def test_workers_of_joblib_still_end(answer):
    source = (
        "from joblib import Parallel, delayed\ndef f(x): return Parallel(2, 'multiprocessing')([delayed(abs)(-x)] * 3)"
    )
    assert answer(source).f(2) == [2, 2, 2]
