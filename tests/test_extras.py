"""Extras: known by what they bring, asked for in a sentence, and never needed by the core."""

import subprocess
import sys

import pytest

from wardround.catalog import EXTRAS
from wardround.extras import EXTRA_OF, install, lacking, missing


def test_every_extra_is_known_by_a_module():
    assert set(EXTRA_OF.values()) == set(EXTRAS)


def test_what_is_missing_is_told_with_the_command(monkeypatch):
    for module in EXTRA_OF:
        monkeypatch.setitem(sys.modules, module, None)
    assert missing(EXTRAS) == EXTRAS
    assert missing(()) == ()
    assert lacking(["imaging"]) == 'It needs packages that are not installed: `pip install "wardround[imaging]"`'
    assert install(["fhir", "api"]) == 'pip install "wardround[fhir,api]"'
    assert lacking([]) == ""


@pytest.mark.parametrize("module", ["wardround.cli", "wardround.hospital", "wardround.grading.session"])
def test_the_core_needs_no_extra(module):
    code = f"import sys\nfor n in {sorted(EXTRA_OF)}: sys.modules[n] = None\nimport {module}"
    subprocess.run([sys.executable, "-c", code], check=True)
