"""DICOM: identity stands where it really stands, and a way of removing it is judged by what is left."""

import copy
import sys

import numpy as np
import pytest

from wardround.hospital.dicom import identity_left, make_studies, save_studies
from wardround.hospital.images import make_images

pydicom = pytest.importorskip("pydicom")

SEEDS = [1, 2, 3]
KEEP = {"Rows", "Columns", "BitsAllocated", "BitsStored", "HighBit", "PixelRepresentation", "SamplesPerPixel"}
KEEP |= {"PhotometricInterpretation", "PixelData", "Modality", "SOPClassUID", "ConversionType", "BodyPartExamined"}


@pytest.fixture(scope="module", params=SEEDS)
def made(request: pytest.FixtureRequest):
    _, films = make_images(request.param, {"home": 41})
    return films, make_studies(request.param, films)


def sound(dataset, new: dict[str, str]):
    """Keep a short list of elements, and give new UIDs, the same for the same."""
    clean = pydicom.Dataset()
    for element in dataset:
        if element.keyword in KEEP:
            clean.add(copy.deepcopy(element))
    for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
        setattr(clean, name, new.setdefault(dataset[name].value, pydicom.uid.generate_uid()))
    clean.file_meta = copy.deepcopy(dataset.file_meta)
    clean.file_meta.MediaStorageSOPInstanceUID = clean.SOPInstanceUID
    return clean


def test_keeping_a_short_list_leaves_no_identity(made) -> None:
    _, studies = made
    new: dict[str, str] = {}
    for study in studies:
        for dataset in study.datasets:
            clean = sound(dataset, new)
            assert identity_left(clean, study) == []
            assert clean.PixelData == dataset.PixelData


@pytest.mark.parametrize("forgotten", ["private", "sequences", "comment", "header", "dates"])
def test_each_hiding_place_is_found(made, forgotten: str) -> None:
    _, studies = made
    for study in studies:
        dataset = study.datasets[-1]
        clean = sound(dataset, {})
        match forgotten:
            case "private":
                clean.update({element.tag: element for element in dataset if element.tag.is_private})
            case "sequences":
                clean.RequestAttributesSequence = dataset.RequestAttributesSequence
            case "comment":
                clean.ImageComments = dataset.ImageComments
            case "header":
                clean.file_meta = dataset.file_meta
            case _:
                clean.AcquisitionDateTime = dataset.AcquisitionDateTime
        assert identity_left(clean, study)


def test_the_usual_four_elements_are_not_enough(made) -> None:
    _, studies = made
    for study in studies:
        clean = copy.deepcopy(study.datasets[0])
        clean.PatientName, clean.PatientID, clean.PatientBirthDate, clean.PatientAddress = "", "", "", ""
        assert len(identity_left(clean, study)) > 10


def test_a_study_hangs_together_by_its_uids(made) -> None:
    _, studies = made
    assert [len(study.datasets) for study in studies] == [2] * 20 + [1]
    for study in studies:
        assert len({d.StudyInstanceUID for d in study.datasets}) == 1
        assert len({d.SOPInstanceUID for d in study.datasets}) == len(study.datasets)
        for second in study.datasets[1:]:
            assert second.ReferencedImageSequence[0].ReferencedSOPInstanceUID == study.datasets[0].SOPInstanceUID
        assert {u for d in study.datasets for u in (d.StudyInstanceUID, d.SeriesInstanceUID, d.SOPInstanceUID)} == set(
            study.uids
        )
    assert len({study.datasets[0].StudyInstanceUID for study in studies}) == len(studies)


def test_files_come_back_bit_for_bit_and_nothing_is_overwritten(made, tmp_path) -> None:
    films, studies = made
    paths = save_studies(studies, tmp_path)
    assert len(paths) == len(films)
    back = [pydicom.dcmread(path) for path in paths]
    np.testing.assert_array_equal([dataset.pixel_array for dataset in back], films)
    assert identity_left(back[0], studies[0])
    before = paths[0].read_bytes()
    with pytest.raises(FileExistsError, match=r"film-1\.dcm is already there"):
        save_studies(studies, tmp_path)
    assert paths[0].read_bytes() == before


def test_the_same_seed_writes_the_same_files(tmp_path) -> None:
    _, films = make_images(1, {"home": 2})
    one, other = (save_studies(make_studies(1, films), tmp_path / name)[0].read_bytes() for name in ("a", "b"))
    assert one == other
    assert make_studies(2, films)[0].identifiers != make_studies(1, films)[0].identifiers


def test_a_missing_package_is_named_with_its_remedy(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "pydicom", None)
    with pytest.raises(ModuleNotFoundError, match=r'pip install "wardround\[imaging\]"'):
        make_studies(1, np.zeros((1, 64, 64), dtype=np.uint16))
