"""The manifest: what it gives, and how each fault in it reads."""

import pytest

from wardround.catalog import CatalogError, load_catalog

ENTRY = """
[[exercise]]
id = "clinician/1-read-a-claim"
title = "Read a claim"
summary = "You compute what a claim means for a ward."
hours = [3, 4.5]
files = ["note.yaml"]
"""


@pytest.fixture
def root(tmp_path):
    """Write a manifest, and the folders of two exercises."""

    def write(text=ENTRY):
        for name, slug in (("clinician/1-read-a-claim", "read_a_claim"), ("clinician/2-next", "next")):
            folder = tmp_path / name
            (folder / "starter").mkdir(parents=True, exist_ok=True)
            (folder / "starter" / "note.yaml").write_text("a: TODO\n", encoding="utf-8")
            (folder / "README.md").write_text("# x\n", encoding="utf-8")
            (folder / f"test_{slug}.py").write_text("", encoding="utf-8")
        data = text if isinstance(text, bytes) else text.encode()
        (tmp_path / "exercises.toml").write_bytes(data)
        return tmp_path

    return write


SECOND = ENTRY.replace("1-read-a-claim", "2-next")


def test_an_entry_is_read_whole(root):
    catalog = load_catalog(root(SECOND.replace("files", 'prerequisites = ["clinician/1-read-a-claim"]\nfiles') + ENTRY))
    first = catalog.get("clinician/1-read-a-claim")
    assert (first.pathway, first.phase, first.slug, first.name) == (
        "clinician",
        1,
        "read-a-claim",
        "1-read-a-claim",
    )
    assert first.hours == (3, 4.5)
    assert first.checks.name == "test_read_a_claim.py"
    assert first.checks.is_file()
    assert [e.id for e in catalog.exercises] == ["clinician/2-next", "clinician/1-read-a-claim"]  # the manifest's order
    assert [e.phase for e in catalog.pathway("clinician")] == [1, 2]
    assert catalog.pathway("life-sciences") == ()
    assert catalog.find("1-read-a-claim", "test_read_a_claim.py") == first
    assert catalog.find("elsewhere", "test_read_a_claim.py") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[exercise]\n", ["exercises.toml is not valid TOML", "line 1"]),
        (b"\xff", ["not UTF-8", "byte 0"]),
        ("[[exercises]]\n", ["unknown key exercises", "Did you mean exercise?"]),
        (ENTRY.replace("[[exercise]]", "[exercise]"), ["two brackets"]),
        (ENTRY.replace("hours", "hour"), ["line 2, clinician/1-read-a-claim", "unknown key hour", "mean hours?"]),
        (ENTRY.replace('title = "Read a claim"\n', ""), ["the key title is missing; add it"]),
        (ENTRY.replace("[3, 4.5]", "[5, 3]"), ["hours are reversed ([5, 3])", "[3, 5]"]),
        (ENTRY.replace("[3, 4.5]", "[3]"), ["hours is", "two numbers above zero"]),
        (ENTRY.replace("[3, 4.5]", "[0, 3]"), ["two numbers above zero"]),
        (ENTRY.replace('"Read a claim"', '" "'), ["title is ' '", "text that is not empty"]),
        (ENTRY.replace('["note.yaml"]', "[]"), ["files is []", "at least one file name"]),
        (ENTRY.replace('"note.yaml"', '"other.yaml"'), ["the answer file other.yaml is in neither", "starter"]),
        (ENTRY.replace('"note.yaml"', '"../note.yaml"'), ["name a file, without a folder"]),
        (ENTRY.replace("1-read-a-claim", "3-gone"), ["folder", "3-gone is missing", "correct the id"]),
        (ENTRY.replace("clinician/1-read-a-claim", "clinican/1-read"), ["pathway/phase-slug", "mean clinician?"]),
        (ENTRY.replace("clinician/1-read-a-claim", "nonsense"), ["pathway/phase-slug"]),
        (ENTRY + ENTRY, ["the id clinician/1-read-a-claim stands twice"]),
        (ENTRY.replace("files", 'needs = ["fihr"]\nfiles'), ["unknown extra fihr", "Did you mean fhir?"]),
        (ENTRY.replace("files", 'needs_for = {a = ["fihr"]}\nfiles'), ["needs_for names the unknown extra fihr"]),
        (ENTRY.replace("files", 'needs_for = ["fhir"]\nfiles'), ["needs_for is", "a list of extras for each choice"]),
        (
            ENTRY + SECOND.replace("files", 'prerequisites = ["clinician/1-read-claim"]\nfiles'),
            ["prerequisite clinician/1-read-claim is not", "Did you mean clinician/1-read-a-claim?"],
        ),
    ],
)
def test_each_fault_names_file_item_and_remedy(root, text, words):
    with pytest.raises(CatalogError) as caught:
        load_catalog(root(text))
    assert "exercises.toml" in str(caught.value)
    for word in words:
        assert word in str(caught.value), str(caught.value)


def test_a_choice_may_need_more_than_the_others(root):
    text = ENTRY.replace("files", 'needs = ["api"]\nneeds_for = {image = ["imaging"]}\nfiles')
    exercise = load_catalog(root(text)).exercises[0]
    assert exercise.extras() == exercise.extras("notes") == ("api",)
    assert exercise.extras("image") == ("api", "imaging")


def test_all_faults_are_told_at_once(root):
    text = ENTRY.replace("hours", "hour") + SECOND.replace("title", "titel")
    with pytest.raises(CatalogError) as caught:
        load_catalog(root(text))
    assert "unknown key hour" in str(caught.value)
    assert "unknown key titel" in str(caught.value)
    assert "line 9, clinician/2-next" in str(caught.value)


def test_missing_files_of_the_folder_are_told(root):
    path = root()
    (path / "clinician/1-read-a-claim/README.md").unlink()
    (path / "clinician/1-read-a-claim/test_read_a_claim.py").unlink()
    with pytest.raises(CatalogError, match=r"README.md is missing(.|\n)*test_read_a_claim.py is missing"):
        load_catalog(path)


def test_no_manifest(tmp_path):
    with pytest.raises(CatalogError, match="is missing"):
        load_catalog(tmp_path)


def test_the_beginning_of_an_id_is_enough_where_it_fits_one_only():
    catalog = load_catalog()
    assert catalog.get("operations-business/1").id == "operations-business/1-kpis-and-processes"
    for several in ("operations-business/", ""):
        with pytest.raises(CatalogError, match="There is no exercise"):
            catalog.get(several)


def test_unknown_names_come_with_a_suggestion(root):
    catalog = load_catalog(root())
    with pytest.raises(CatalogError, match=r"no exercise clinician/1-red. Did you mean clinician/1-read-a-claim"):
        catalog.get("clinician/1-red")
    with pytest.raises(CatalogError, match=r"no pathway clincian. Did you mean clinician"):
        catalog.pathway("clincian")
    with pytest.raises(CatalogError, match="Choose one of software-engineer, data-scientist"):
        catalog.pathway("zzz")


def test_the_packaged_manifest_is_sound():
    assert all(exercise.brief.is_file() for exercise in load_catalog().exercises)


def test_an_exercise_may_be_a_key_whatever_its_choices_need():
    exercises = load_catalog().exercises
    assert any(exercise.needs_for for exercise in exercises)
    assert len(set(exercises)) == len(exercises)
