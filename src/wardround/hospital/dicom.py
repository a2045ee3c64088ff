"""The films as DICOM studies, with the patient's identity where scanners and archives really leave it.

Needs the extra `imaging` (pydicom). Identity stands in standard elements, in private ones, inside sequences, and in a
free-text comment. Two films make a study: they share its UID, and the second refers to the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wardround.hospital.images import SIZE, Films
from wardround.hospital.notes import OLDEST_SHOWN
from wardround.hospital.people import Person, make_people, make_surname
from wardround.hospital.stream import stream

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pydicom.dataset import Dataset

FILMS_PER_STUDY = 2
PRIVATE_CREATOR = "WARD ROUND VIRTUAL PACS"
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


@dataclass(frozen=True)
class Study:
    """The films of one patient on one day, and what identifies the patient."""

    datasets: tuple[Dataset, ...]
    identifiers: tuple[str, ...]
    """Texts none of which may remain in any element: names, numbers, dates, address."""
    uids: tuple[str, ...]
    """The UIDs of the study, its series and its films: each must be replaced, the same one always by the same."""


def make_studies(seed: int, films: Films) -> list[Study]:
    """Wrap films, two to a study (the last has one if their number is odd), as DICOM datasets.

    Args:
        seed: which people, dates and numbers.
        films: shape (n, 64, 64), as `Hospital.pixels` gives them.

    Raises:
        ModuleNotFoundError: pydicom is not installed; the message says how to get it.
    """
    _pydicom()
    r = stream(seed, "dicom")
    count = -(-len(films) // FILMS_PER_STUDY)
    people = make_people(seed, "dicom", 3 * count)
    return [
        _study(r, films[FILMS_PER_STUDY * i : FILMS_PER_STUDY * (i + 1)], people[3 * i : 3 * i + 3])
        for i in range(count)
    ]


def save_studies(studies: Sequence[Study], folder: Path) -> list[Path]:
    """Write each film as `study-001/film-1.dcm` in a folder, which is made; return the paths.

    Raises:
        FileExistsError: one of these files is already there; nothing is written.
    """
    paths = [
        folder / f"study-{i:03d}" / f"film-{j}.dcm"
        for i, study in enumerate(studies, 1)
        for j, _ in enumerate(study.datasets, 1)
    ]
    for path in paths:
        if path.exists():
            raise FileExistsError(f"{path} is already there; choose an empty folder or move it away")
    datasets = (dataset for study in studies for dataset in study.datasets)
    for path, dataset in zip(paths, datasets, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        dataset.save_as(path, enforce_file_format=True)
    return paths


def identity_left(dataset: Dataset, study: Study) -> list[str]:
    """List the places in a dataset where an identifier or an old UID of its study still stands.

    Each is a sentence such as "(0010,0010) Patient's Name still says Orana Everham". Private elements, sequences and
    the file's own header are searched too.
    """
    wanted = [text.casefold() for text in study.identifiers] + list(study.uids)
    found = []
    for part in (dataset, getattr(dataset, "file_meta", None) or []):
        elements = part.iterall() if hasattr(part, "iterall") else part
        for element in elements:
            if element.VR in ("SQ", "OB", "OW", "OB or OW"):
                continue
            said = str(element.value)
            if any(text in said.casefold() for text in wanted):
                found.append(f"{element.tag} {element.name} still says {said}")
    return found


def _study(r: np.random.Generator, films: Films, people: Sequence[Person]) -> Study:
    from pydicom.dataset import Dataset

    patient, referring, performing = people
    record, accession = f"{r.integers(10**7, 10**8)}", f"A{r.integers(10**6, 10**7)}"
    taken = np.datetime64("2024-01-01") + int(r.integers(0, 360))
    age = int(r.integers(20, 97))
    day, born = _da(taken), _da(taken - int(age * 365.25 + r.integers(1, 360)))
    street, phone = f"{r.integers(1, 200)} {make_surname(r)} Street", f"207-555-{r.integers(100, 200):04d}"
    study_uid, series_uid = _uid(r), _uid(r)
    film_uids = [_uid(r) for _ in films]
    datasets = []
    for number, (film, uid) in enumerate(zip(films, film_uids, strict=True), 1):
        ds = _film(film, uid)
        ds.PatientName, ds.PatientID, ds.PatientBirthDate = f"{patient.last}^{patient.first}", record, born
        ds.PatientSex, ds.PatientAge = "FM"[int(record) % 2], f"{age:03d}Y"
        ds.PatientAddress, ds.PatientTelephoneNumbers = street, phone
        ds.OtherPatientIDs = f"OLD-{record}"
        ds.StudyInstanceUID, ds.SeriesInstanceUID = study_uid, series_uid
        ds.StudyID, ds.SeriesNumber, ds.InstanceNumber, ds.AccessionNumber = accession, 1, number, accession
        ds.StudyDate = ds.SeriesDate = ds.ContentDate = day
        ds.StudyTime, ds.AcquisitionDateTime = "101500", f"{day}101500"
        ds.ReferringPhysicianName = f"{referring.last}^{referring.first}"
        ds.PerformingPhysicianName = f"{performing.last}^{performing.first}"
        ds.InstitutionName, ds.StationName = "Virtual Hospital Home", "ROOM2"
        ds.StudyDescription, ds.BodyPartExamined = "Chest film", "CHEST"
        ds.ImageComments = f"Compared with the film of {patient.first} {patient.last}, record {record}."

        request = Dataset()
        request.RequestedProcedureDescription = f"Chest film for {patient.last}"
        request.AccessionNumber = accession
        request.RequestingPhysician = f"{referring.last}^{referring.first}"
        ds.RequestAttributesSequence = [request]
        if number > 1:
            before = Dataset()
            before.ReferencedSOPClassUID, before.ReferencedSOPInstanceUID = SECONDARY_CAPTURE, film_uids[0]
            ds.ReferencedImageSequence = [before]
        private = ds.private_block(0x0011, PRIVATE_CREATOR, create=True)
        private.add_new(0x01, "LO", f"{patient.last} {patient.first}")
        private.add_new(0x02, "LO", f"MRN {record}")
        datasets.append(ds)
    names = [part for person in people for part in person.parts]
    very_old = [f"{age:03d}Y"] if age > OLDEST_SHOWN else []
    identifiers = dict.fromkeys([*names, record, accession, day, born, street, phone, *very_old])
    return Study(tuple(datasets), tuple(identifiers), (study_uid, series_uid, *film_uids))


def _film(film: Films, uid: str) -> Dataset:
    """Make the dataset of one picture: pixels and what is needed to read them, no identity but its own UID."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian

    ds = Dataset()
    ds.file_meta = FileMetaDataset()
    ds.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID = UID(SECONDARY_CAPTURE)
    ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID = UID(uid)
    ds.Modality, ds.ConversionType = "OT", "SYN"
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows = ds.Columns = SIZE
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 12, 11, 0
    ds.PixelData = film.astype("<u2").tobytes()
    ds["PixelData"].VR = "OW"
    return ds


def _uid(r: np.random.Generator) -> str:
    """Draw a UID under the root that DICOM keeps for random numbers."""
    return f"2.25.{int.from_bytes(r.bytes(16), 'big')}"


def _da(day: np.datetime64) -> str:
    """Write a date as DICOM does: 20240311."""
    return str(day)[:10].replace("-", "")


def _pydicom() -> None:
    try:
        import pydicom  # noqa: F401
    except ModuleNotFoundError as missing:
        message = 'DICOM files need pydicom, which is not installed. Install it: pip install "wardround[imaging]"'
        raise ModuleNotFoundError(message, name="pydicom") from missing
