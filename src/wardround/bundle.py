"""The zip in which answers are handed in: its manifest, and how one from anybody is read without harm.

Inside lie `manifest.json` and one file for each answer, `<exercise id>/<file name>`. Nothing else may be in it, so no
entry can lead out of the folder into which it is unpacked.
"""

import hashlib
import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from wardround.catalog import ID

MANIFEST = "manifest.json"
FILE_LIMIT = 1_000_000  # bytes of one file, unpacked; the grader reads no larger answers
TOTAL_LIMIT = 20_000_000  # bytes of a zip, and of all that is in it
COUNT_LIMIT = 200  # entries
REMEDY = "Ask for one made with `wardround submit`."
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}  # on Windows
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError)


class BundleError(Exception):
    """A zip that is not taken; the text says why and what to do."""


def _is_plain_name(name: str) -> str:
    if name.endswith(".") or name.partition(".")[0].casefold() in _RESERVED:
        raise ValueError("not a name that every system can store")
    return name


_Name = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*$", max_length=100), AfterValidator(_is_plain_name)
]
_Id = Annotated[str, StringConstraints(pattern=f"^(?:{re.sub(r'[?]P<[a-z]+>', '?:', ID.pattern)})$", max_length=100)]
_Digest = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class FileEntry(_Part):
    """One answer file."""

    name: _Name
    sha256: _Digest


class SelfReported(_Part):
    """What the learner's own computer says of the last run: a claim, never a grade."""

    points: int
    max_points: int
    seeds: tuple[int, ...]
    when: datetime
    of_these_files: bool = Field(description="whether the files were the same in that run")


class ExerciseEntry(_Part):
    """One exercise's answers."""

    id: _Id
    files: tuple[FileEntry, ...] = Field(min_length=1, max_length=50)
    missing: tuple[_Name, ...] = ()
    self_reported: SelfReported | None = None


class Manifest(_Part):
    """What is in the zip, when it was made, and by which version of the package."""

    format: Literal[1] = 1
    wardround: Annotated[str, StringConstraints(max_length=100)]
    created: datetime
    exercises: tuple[ExerciseEntry, ...] = Field(min_length=1, max_length=50)

    @property
    def names(self) -> dict[str, str]:
        """Every answer's name in the zip -> its SHA-256."""
        return {f"{exercise.id}/{file.name}": file.sha256 for exercise in self.exercises for file in exercise.files}


@dataclass(frozen=True)
class Bundle:
    """A zip that was read and found whole: its manifest, and its answers by their names in the zip."""

    manifest: Manifest
    contents: dict[str, bytes]


def pack(manifest: Manifest, contents: dict[str, bytes]) -> bytes:
    """Return the zip of these answers; its names and contents must be the manifest's."""
    stream = io.BytesIO()
    moment = manifest.created.timetuple()[:6]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        text = manifest.model_dump_json(indent=2) + "\n"
        for name, content in ({MANIFEST: text.encode("utf-8")} | contents).items():
            info = zipfile.ZipInfo(name, moment)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(info, content)
    return stream.getvalue()


def verify(path: Path) -> Bundle:
    """Read a zip that anybody may have made; raise BundleError unless it is whole and holds what it says.

    Nothing is written and nothing runs. Sizes are counted while unpacking, not believed; links, encrypted entries,
    doubled names and names beyond the manifest's are refused; every file must have the manifest's SHA-256.
    """
    name = path.name
    try:
        if path.stat().st_size > TOTAL_LIMIT:
            raise BundleError(f"{name} is larger than {TOTAL_LIMIT // 1_000_000} MB. {REMEDY}")
        with zipfile.ZipFile(path) as archive:
            entries = _entries(archive, name)
            if MANIFEST not in entries:
                raise BundleError(f"{name} holds no {MANIFEST}. {REMEDY}")
            manifest = _manifest(_read(archive, entries[MANIFEST], name), name)
            contents = _answers(archive, entries, manifest, name)
    except _BROKEN as error:
        if isinstance(error, OSError) and error.strerror:
            raise BundleError(f"{path} cannot be read: {error.strerror}.") from None
        raise BundleError(f"{name} is no whole zip file. {REMEDY}") from None
    return Bundle(manifest, contents)


def unpack(bundle: Bundle, folder: Path) -> None:
    """Write a verified bundle into a folder that is new or empty; raise BundleError if it is not."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise BundleError(f"{folder} is not empty. Name a new folder, so that nothing in it is mixed up.")
        files = bundle.contents | {MANIFEST: bundle.manifest.model_dump_json(indent=2).encode("utf-8")}
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                stream.write(content)
    except OSError as error:
        raise BundleError(f"{folder} cannot be written: {error.strerror or error}. Name another folder.") from None


def _entries(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > COUNT_LIMIT:
        raise BundleError(f"{name} holds {len(infos):,} entries; at most {COUNT_LIMIT} are taken. {REMEDY}")
    entries: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        shown = ascii(info.orig_filename)[:80]
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise BundleError(f"{name}: {shown} is a link or a device, not a file. {REMEDY}")
        if info.flag_bits & 0x1:
            raise BundleError(f"{name}: {shown} is encrypted. Ask for one without a password.")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BundleError(f"{name}: {shown} is compressed in a way that is not read. {REMEDY}")
        if info.orig_filename in entries:
            raise BundleError(f"{name}: {shown} stands in it twice. {REMEDY}")
        entries[info.orig_filename] = info
    return entries


def _manifest(text: bytes, name: str) -> Manifest:
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "its text"
        if first["loc"] == ("format",):
            raise BundleError(
                f"{name} was made by another version of wardround. Install the newest here, or there."
            ) from None
        raise BundleError(f"{name}, {MANIFEST}: {ascii(place)[1:-1][:80]} is not as it should be. {REMEDY}") from None
    ids = [exercise.id for exercise in manifest.exercises]
    listed = [f"{e.id}/{f.name}".casefold() for e in manifest.exercises for f in e.files]
    if len(set(ids)) < len(ids) or len(set(listed)) < len(listed):
        raise BundleError(f"{name}, {MANIFEST}: an exercise or a file stands in it twice. {REMEDY}")
    return manifest


def _answers(
    archive: zipfile.ZipFile, entries: dict[str, zipfile.ZipInfo], manifest: Manifest, name: str
) -> dict[str, bytes]:
    wanted = manifest.names
    folders = {f"{parent}/" for file in wanted for parent in (file.rpartition("/")[0], file.partition("/")[0])}
    for other in entries.keys() - wanted.keys() - folders - {MANIFEST}:
        raise BundleError(f"{name}: {ascii(other)[:80]} is not named in its {MANIFEST}. {REMEDY}")
    contents: dict[str, bytes] = {}
    left = TOTAL_LIMIT
    for file, digest in wanted.items():
        if file not in entries:
            raise BundleError(f"{name}: {file} is named in its {MANIFEST}, and is not there. {REMEDY}")
        content = _read(archive, entries[file], name)
        left -= len(content)
        if left < 0:
            raise BundleError(f"{name} unpacks to more than {TOTAL_LIMIT // 1_000_000} MB. {REMEDY}")
        if hashlib.sha256(content).hexdigest() != digest:
            raise BundleError(f"{name}: {file} was changed after it was packed (its SHA-256 differs). {REMEDY}")
        contents[file] = content
    return contents


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    with archive.open(info) as stream:
        content = stream.read(FILE_LIMIT + 1)
    if len(content) > FILE_LIMIT:
        raise BundleError(
            f"{name}: {ascii(info.orig_filename)[:80]} unpacks to more than {FILE_LIMIT // 1_000_000} MB. {REMEDY}"
        )
    return content
