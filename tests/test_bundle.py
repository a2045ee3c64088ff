"""A zip from anybody: the sound one is read, every hostile one is a sentence, and nothing is written on the way."""

import hashlib
import json
import stat
import warnings
import zipfile
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from wardround.bundle import FILE_LIMIT, MANIFEST, BundleError, ExerciseEntry, FileEntry, Manifest, pack, unpack, verify

ID = "software-engineer/1-toy"
ANSWERS = {f"{ID}/toy.py": "x = 'ü'\n".encode(), f"{ID}/note.yaml": b"why: So.\n"}

SOUND = tuple(ANSWERS.items())


def manifest_of(answers, **others):
    files = [
        {"name": name.rpartition("/")[2], "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in answers.items()
    ]
    exercise = {"id": ID, "files": files} | others.pop("exercise", {})
    return {
        "format": 1, "wardround": "0.1", "created": "2026-11-22T10:00:00Z", "exercises": [exercise],
    } | others  # fmt: skip


@pytest.fixture
def zipped(tmp_path):
    """Write a zip of entries [(name or ZipInfo, content)] with a manifest (None: without one)."""

    def write(entries=SOUND, manifest=None, name="ä b.zip", kind=zipfile.ZIP_DEFLATED):
        path = tmp_path / name
        with warnings.catch_warnings(), zipfile.ZipFile(path, "w", kind) as archive:
            warnings.simplefilter("ignore")  # of doubled names, which are meant
            if manifest is not False:
                text = json.dumps(manifest_of(ANSWERS) if manifest is None else manifest)
                archive.writestr(MANIFEST, text if not isinstance(manifest, bytes) else manifest)
            for entry, content in entries:
                archive.writestr(entry, content)
        return path

    return write


def refused(path):
    before = sorted(path.parent.rglob("*"))
    with pytest.raises(BundleError) as caught:
        verify(path)
    assert sorted(path.parent.rglob("*")) == before
    sentence = str(caught.value)
    assert sentence.isprintable()
    return sentence


def link(name):
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def test_what_is_packed_is_read_back_and_unpacked(tmp_path):
    files = tuple(
        FileEntry(name=n.rpartition("/")[2], sha256=hashlib.sha256(c).hexdigest()) for n, c in ANSWERS.items()
    )
    manifest = Manifest(
        wardround="0.1", created=datetime(2026, 11, 22, tzinfo=UTC), exercises=(ExerciseEntry(id=ID, files=files),)
    )
    path = tmp_path / "a b.zip"
    path.write_bytes(pack(manifest, ANSWERS))
    assert pack(manifest, ANSWERS) == path.read_bytes()  # the same answers give the same bytes
    bundle = verify(path)
    assert (bundle.manifest, bundle.contents) == (manifest, ANSWERS)
    unpack(bundle, tmp_path / "in" / "größer")
    found = tmp_path / "in" / "größer"
    assert {n: (found / n).read_bytes() for n in ANSWERS} == ANSWERS
    with pytest.raises(BundleError, match="is not empty"):
        unpack(bundle, found)
    with pytest.raises(BundleError, match="cannot be written"):
        unpack(bundle, path / "below")


def test_entries_for_folders_are_welcome(zipped):
    assert verify(zipped([("software-engineer/", b""), (f"{ID}/", b""), *ANSWERS.items()])).contents == ANSWERS


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "/etc/evil", "C:/evil.py", f"{ID}/../../evil.py", "..\\evil.py", f"{ID}/toy.py\x00.txt", "extra.py",
     "__MACOSX/._toy.py", "\x1b[31mred", "ü.py", f"{ID}/Toy.py"],
)  # fmt: skip
def test_entries_that_the_manifest_does_not_name_are_refused(zipped, name):
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = name
    assert "is not named in its manifest.json" in refused(zipped([*ANSWERS.items(), (info, b"x")]))


@pytest.mark.parametrize(
    "name",
    ["../evil.py", "/etc/evil", "a/b.py", "..", ".hidden", "con", "NUL.py", "x.", "a\\b", "a:b", "a b", "", "ü", "a\n"],
)
def test_a_manifest_that_names_what_leads_elsewhere_is_refused(zipped, name):
    answers = {f"{ID}/{name}": b"x"}
    manifest = manifest_of(answers)
    manifest["exercises"][0]["files"][0]["name"] = name
    info = zipfile.ZipInfo("x")
    info.filename = info.orig_filename = f"{ID}/{name}"
    assert "is not as it should be" in refused(zipped([(info, b"x")], manifest))


@pytest.mark.parametrize(
    "exercise", ["../x", "/x", "software-engineer/1-toy/..", "software-engineer", "a/9-b", 3, None]
)
def test_a_manifest_with_an_odd_exercise_is_refused(zipped, exercise):
    assert "is not as it should be" in refused(zipped(manifest=manifest_of(ANSWERS, exercise={"id": exercise})))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b"1" * 10_000,
        b'{"format": 1}',
        b"null",
        b"{}",
        b'{"exercises": 1e999}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_refused(zipped, text):
    assert "ä b.zip" in refused(zipped([(MANIFEST, text)], manifest=False))


def test_a_later_form_is_told_apart(zipped):
    assert "another version of wardround" in refused(zipped(manifest=manifest_of(ANSWERS, format=2)))


def test_a_file_that_was_changed_is_missing_or_stands_twice_is_refused(zipped):
    changed = ANSWERS | {f"{ID}/toy.py": b"x = 2\n"}
    assert "changed after it was packed" in refused(zipped(changed.items()))
    assert "is not there" in refused(zipped(list(ANSWERS.items())[:1]))
    assert "stands in it twice" in refused(zipped([*ANSWERS.items(), *ANSWERS.items()]))
    assert "holds no manifest.json" in refused(zipped(manifest=False))
    doubled = manifest_of(ANSWERS)
    doubled["exercises"] *= 2
    assert "stands in it twice" in refused(zipped(manifest=doubled))


def test_links_and_devices_are_refused(zipped):
    assert "is a link or a device" in refused(zipped([(link(f"{ID}/toy.py"), b"/etc/passwd")]))
    assert "is a link or a device" in refused(zipped([*ANSWERS.items(), (link("elsewhere"), b"..")]))


def test_bombs_are_refused_before_they_grow(zipped):
    bomb = {f"{ID}/toy.py": b"\0" * (FILE_LIMIT + 1)}
    assert "unpacks to more than 1 MB" in refused(zipped(bomb.items(), manifest_of(bomb)))
    many = {f"{ID}/f{n}.py": b"\0" * FILE_LIMIT for n in range(21)}
    assert "unpacks to more than 20 MB" in refused(zipped(many.items(), manifest_of(many)))
    assert "at most 200 are taken" in refused(zipped([(f"f{n}", b"") for n in range(300)]))
    assert "not read" in refused(zipped(kind=zipfile.ZIP_LZMA))


def test_a_size_that_lies_is_not_believed(zipped):
    path = zipped([(f"{ID}/toy.py", b"\0" * 5_000_000)], manifest_of({f"{ID}/toy.py": b""}))
    size = (5_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (10).to_bytes(4, "little")))
    refused(path)


def test_damaged_and_encrypted_zips_are_refused(zipped, tmp_path):
    whole = zipped().read_bytes()
    for n, content in enumerate((b"", b"PK", b"no zip", whole[:-30], whole[:60] + b"\xff" * 40 + whole[100:])):
        path = tmp_path / f"{n}.zip"
        path.write_bytes(content)
        refused(path)
    locked = bytearray(whole)
    start = locked.rfind(b"PK\x01\x02")
    locked[start + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    assert "is encrypted" in refused(tmp_path / "locked.zip")
    with pytest.raises(BundleError, match="No such file"):
        verify(tmp_path / "nowhere.zip")
    with pytest.raises(BundleError, match="cannot be read"):
        verify(tmp_path)


def test_every_single_damaged_byte_is_a_sentence_or_harmless(zipped, tmp_path):
    whole = zipped().read_bytes()
    path = tmp_path / "bent.zip"
    for n in range(0, len(whole), 7):
        path.write_bytes(whole[:n] + bytes([whole[n] ^ 0x55]) + whole[n + 1 :])
        with suppress(BundleError):
            assert verify(path).contents == ANSWERS


def test_a_large_file_is_not_opened(tmp_path):
    path = tmp_path / "large.zip"
    with path.open("wb") as stream:
        stream.truncate(20_000_001)
    assert "is larger than 20 MB" in refused(path)
