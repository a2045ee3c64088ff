"""The entry module: light, and invisible in every run that has no graded check."""

import re
import subprocess
import sys

import pytest

import wardround.grading.session  # noqa: F401  (pytester forgets modules that an inner run imports first; NumPy minds)

pytest_plugins = ["pytester"]

PLAIN = """
import pytest
@pytest.fixture
def hospital(): return "mine"
@pytest.mark.parametrize("seed", [3, 4])
def test_mine(hospital, seed): assert hospital == "mine" and seed > 3
def test_other(): pass
"""


def _without_noise(text: str) -> str:
    return re.sub(r"in \d+\.\d+s|plugins: .*|, wardround-[\d.]+", "", text)


@pytest.mark.parametrize("arguments", [("-v",), ("--fixtures",)])
def test_other_runs_stay_as_they_were(pytester, arguments):
    pytester.makepyfile(PLAIN)
    with_us = pytester.runpytest_subprocess(*arguments)
    without = pytester.runpytest_subprocess("-p", "no:wardround", *arguments)
    assert _without_noise(with_us.stdout.str()) == _without_noise(without.stdout.str())
    assert with_us.ret == without.ret


def test_importing_it_brings_in_no_heavy_package():
    code = (
        "import sys; before = set(sys.modules); import pytest, wardround.grading.plugin;"
        "print(sorted({name.partition('.')[0] for name in sys.modules} & {'pandas', 'numpy', 'pydantic', 'yaml'}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_a_taken_option_name_stays_with_its_owner(pytester):
    pytester.makeconftest('def pytest_addoption(parser): parser.addoption("--seed", default="theirs")')
    pytester.makepyfile('def test_it(request): assert request.config.getoption("--seed") == "theirs"')
    pytester.runpytest("--unseen", "0").assert_outcomes(passed=1)


def test_the_options_are_listed_together(pytester):
    out = pytester.runpytest("--help").stdout.str()
    group = out[out.index("wardround: graded exercises") :][:900]
    assert all(name in group for name in ("--submission", "--seed", "--unseen", "--scorecard"))
