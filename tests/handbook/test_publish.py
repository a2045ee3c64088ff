"""`nox -s handbook`: nothing is overwritten unnoticed, and a fault changes nothing."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from wardround.handbook import publish

COURSE = """\
name = "AI on the Ward"
institution = "Riverbend"
contact = "ai@riverbend.example"
term_start = 2027-01-11
term_weeks = 12
"""


@pytest.fixture
def sphinx(monkeypatch, tmp_path):
    """Stand in for Sphinx: leaves a page, a book and a booklet; `.ran` holds the commands, `.code` the exit code."""
    monkeypatch.chdir(tmp_path)
    stand_in = SimpleNamespace(ran=[], code=0)

    def run(command, check):
        assert not check
        stand_in.ran.append(command)
        out = Path(command[-1])
        if not stand_in.code:
            made = "html/index.html" if out.name == "html" else "handbook.pdf", "booklets/clinician.pdf"
            for name in made:
                (out.parent / name).parent.mkdir(parents=True, exist_ok=True)
                (out.parent / name).write_text(f"build {len(stand_in.ran)}", encoding="utf-8")
        return SimpleNamespace(returncode=stand_in.code)

    monkeypatch.setattr(publish.subprocess, "run", run)
    return stand_in


def files(folder: str) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in Path(folder).rglob("*") if path.is_file()}


PUBLIC = {"handbook.pdf", "ward-round.zip", "booklets/clinician.pdf", "html/index.html", "html/handbook.pdf",
          "html/booklets/clinician.pdf", "html/ward-round.zip"}  # fmt: skip


def test_the_public_handbook_goes_to_dist(sphinx, capsys):
    assert publish.main([]) == 0
    assert files("dist") == PUBLIC
    assert not any("handbook_course" in part for command in sphinx.ran for part in command)
    assert str(Path("dist/html/index.html").resolve()) in capsys.readouterr().out


def test_a_course_goes_to_a_folder_of_its_own(sphinx):
    publish.main([])
    before = Path("dist/handbook.pdf").read_text(encoding="utf-8")
    Path("my.toml").write_text(COURSE, encoding="utf-8")
    assert publish.main(["--course", "my.toml"]) == 0
    assert Path("dist/handbook.pdf").read_text(encoding="utf-8") == before
    assert "html/ai-on-the-ward.zip" in files("dist/courses/ai-on-the-ward")
    assert f"handbook_course={Path('my.toml').resolve()}" in sphinx.ran[-1]
    assert {command[command.index("-d") + 1] for command in sphinx.ran[2:]} != {
        command[command.index("-d") + 1] for command in sphinx.ran[:2]
    }


def test_a_faulty_course_stops_before_sphinx_starts(sphinx, capsys):
    Path("my.toml").write_text(COURSE.replace("12", "2") + 'brand_color = "red"\n', encoding="utf-8")
    assert publish.main(["--course", "my.toml"]) == 2
    said = capsys.readouterr().err
    assert "my.toml:5: term_weeks" in said
    assert "my.toml:6: brand_color" in said
    assert sphinx.ran == []
    assert not Path("dist").exists()


def test_a_faulty_build_leaves_the_last_good_one_in_place(sphinx):
    publish.main([])
    before = {name: (Path("dist") / name).read_bytes() for name in PUBLIC}
    sphinx.code = 2
    assert publish.main([]) == 2
    assert {name: (Path("dist") / name).read_bytes() for name in files("dist")} == before


def test_booklets_of_pathways_that_a_course_drops_are_gone(sphinx):
    Path("dist/booklets").mkdir(parents=True)
    Path("dist/booklets/old.pdf").write_bytes(b"")
    Path(".cache/booklets").mkdir(parents=True)
    Path(".cache/booklets/old.pdf").write_bytes(b"")
    publish.main([])
    assert files("dist") == PUBLIC
