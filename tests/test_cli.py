"""The command line: what it says, its exit codes, and that it starts light."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from wardround.cli import main


def run(*arguments):
    result = CliRunner().invoke(main, list(arguments))
    assert not isinstance(result.exception, Exception), result.exception
    return result


def test_help_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['wardround', '--help']\n"
        "from wardround.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & {'pandas', 'numpy', 'pydantic', 'yaml', 'pytest'}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"
    assert "wardround start software-engineer my-work" in out


def test_start_tells_the_next_command(tmp_path):
    folder = tmp_path / "my work"
    result = run("start", "software-engineer", str(folder))
    assert result.exit_code == 0
    assert "1-readmission-risk" in result.output
    assert f'cd "{folder}"' in result.output
    assert result.output.rstrip().endswith("pytest")
    (folder / "1-readmission-risk" / "note.yaml").write_text("mine\n", encoding="utf-8")
    again = run("start", "software-engineer", str(folder)).output
    assert "nothing was changed" in again
    assert "Kept as they were" in again
    assert "note.yaml" in again


def test_start_names_the_extras_that_are_not_there(tmp_path, monkeypatch):
    from wardround.catalog import load_catalog

    catalog = load_catalog()
    first = catalog.pathway("software-engineer")[0].model_copy(update={"needs": ("chem",)})
    monkeypatch.setattr("wardround.cli._catalog", lambda: catalog.model_copy(update={"exercises": (first,)}))
    monkeypatch.setitem(sys.modules, "rdkit", None)
    assert 'pip install "wardround[chem]"' in run("start", "software-engineer", str(tmp_path / "a")).output
    monkeypatch.setitem(sys.modules, "rdkit", sys)  # found
    monkeypatch.setattr("wardround.extras.find_spec", lambda _name: object())
    assert "pip install" not in run("start", "software-engineer", str(tmp_path / "b")).output


def test_start_and_the_list_name_the_extras_of_a_choice(tmp_path, monkeypatch):
    from wardround.catalog import load_catalog

    catalog = load_catalog()
    update = {"needs": (), "needs_for": {"molecules": ("chem",)}}
    first = catalog.pathway("software-engineer")[0].model_copy(update=update)
    monkeypatch.setattr("wardround.cli._catalog", lambda: catalog.model_copy(update={"exercises": (first,)}))
    monkeypatch.setitem(sys.modules, "rdkit", None)
    said = run("start", "software-engineer", str(tmp_path / "a")).output
    assert 'if you choose molecules: It needs packages that are not installed: `pip install "wardround[chem]"`' in said
    assert "needs chem for molecules" in run("exercises").output


def test_start_names_what_it_brought_back(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("start", "software-engineer", "mine")
    (tmp_path / "mine" / "1-readmission-risk" / "note.yaml").unlink()
    monkeypatch.chdir(tmp_path / "mine")
    lines = run("start", "software-engineer", ".").output.splitlines()
    assert lines[:2] == ["Added what was missing in .:", f"  {Path('1-readmission-risk', 'note.yaml')}"]
    assert not any("readmission.py" in line or line == "  cd ." for line in lines)
    assert lines[-1] == "  pytest"
    inside = run("start", "software-engineer", "1-readmission-risk")
    assert inside.exit_code == 2
    assert inside.stderr.endswith("wardround start software-engineer .\n")


def test_errors_are_one_sentence_and_exit_two(tmp_path):
    result = run("start", "clincian", str(tmp_path / "x"))
    assert result.exit_code == 2
    assert result.stderr.startswith("There is no pathway clincian. Did you mean clinician? In this edition, ")
    assert result.stderr.count("\n") == 1
    result = run("dev", "check", "software-engineer/1-readmision")
    assert result.exit_code == 2
    assert "Did you mean software-engineer/1-readmission-risk?" in result.stderr


def test_progress_tells_where_one_stands(tmp_path, monkeypatch):
    run("start", "software-engineer", str(tmp_path / "my work"))
    out = run("progress", str(tmp_path / "my work")).output
    assert "1-readmission-risk: never run" in out
    assert "\nNext: " in out
    monkeypatch.chdir(tmp_path)
    nowhere = run("progress")
    assert nowhere.exit_code == 2
    assert "wardround start" in nowhere.stderr


def test_exercises_are_listed():
    out = run("exercises").output
    assert "software-engineer/1-readmission-risk" in out
    assert "days 0-30" in out
    assert " h" in out
    assert "In this edition, " in out


def test_a_plan_is_printed_or_written_with_its_calendar(tmp_path):
    assert run("plan", "clinician").stdout.startswith("# Your plan: ")
    text, ics = tmp_path / "plan.md", tmp_path / "plan.ics"
    made = run("plan", "clinician", "--domain", "imaging", "--out", str(text), "--ics", str(ics))
    assert made.stdout == ""
    assert "Written: " in made.stderr
    assert text.read_text(encoding="utf-8").startswith("# Your plan: ")
    assert ics.read_bytes().startswith(b"BEGIN:VCALENDAR")
    again = run("plan", "clinician", "--out", str(text))
    assert again.exit_code == 2
    assert "--replace" in again.stderr
    assert again.stderr.count("\n") == 1


def test_a_plan_that_cannot_be_made_writes_nothing(tmp_path):
    made = run("plan", "clincian", "--out", str(tmp_path / "plan.md"))
    assert made.exit_code == 2
    assert made.stderr == "There is no pathway clincian. Did you mean clinician?\n"
    assert list(tmp_path.iterdir()) == []


def test_a_claim_sheet_is_printed_or_written(tmp_path):
    assert run("sheet", "27").stdout.startswith("# Sheet 27: an alert for ")
    target = tmp_path / "sheet.md"
    assert run("sheet", "27", "--out", str(target)).stdout == f"Written: {target}\n"
    assert target.read_text(encoding="utf-8") == run("sheet", "27").stdout
    again = run("sheet", "28", "--out", str(target))
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)
    assert "--replace" in again.stderr
    none = run("sheet", "10000")
    assert (none.exit_code, none.stderr) == (2, "There is no sheet 10000. Sheets have the numbers 1 to 9999.\n")


def test_a_report_about_the_oximeters_is_printed_in_place_of_a_sheet():
    assert "| B | 62 | 29 | 1.6 points |\n" in run("sheet", "1", "--oximeter").stdout
    none = run("sheet", "10000", "--oximeter")
    assert (none.exit_code, none.stderr) == (2, "There is no report 10000. Reports have the numbers 1 to 9999.\n")


def test_a_pilot_sheet_is_printed_in_place_of_a_claim():
    assert "| `found_late` | 157 | " in run("sheet", "1", "--pilot").stdout
    none = run("sheet", "10000", "--pilot")
    assert (none.exit_code, none.stderr) == (
        2,
        "There is no pilot sheet 10000. Pilot sheets have the numbers 1 to 9999.\n",
    )


def test_version():
    assert run("--version").output.startswith("wardround, version ")


VERBS = [(), *((name,) for name in main.commands), ("dev", "check"), ("dev", "starter")]


@pytest.mark.parametrize("verb", VERBS, ids=" ".join)
def test_every_verb_explains_itself(verb):
    result = run(*verb, "--help")
    assert result.exit_code == 0
    assert len(result.output) > 80
    assert "..." not in result.output.replace("]...", "")  # no summary is cut
    assert "[ID]" not in result.output
