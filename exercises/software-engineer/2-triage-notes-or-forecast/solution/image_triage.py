"""Chest films: which to read first, without falling for a marker; and a study that tells nobody whose it is.

Run `python image_triage.py` to try your score on both sites of the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

from io import BytesIO

import numpy as np

# --- solution
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

# --- end
from wardround.hospital import build

# --- solution
CORNER = (slice(None), slice(0, 8), slice(0, 12))  # where technicians put their marker
BLOCK = 4  # pixels that are averaged in each direction: less grain, fewer weights


HARMLESS = (
    "SOPClassUID",
    "Modality",
    "ConversionType",
    "BodyPartExamined",
    "StudyDescription",
    "PatientSex",
    "SeriesNumber",
    "InstanceNumber",
    "SamplesPerPixel",
    "PhotometricInterpretation",
    "Rows",
    "Columns",
    "BitsAllocated",
    "BitsStored",
    "HighBit",
    "PixelRepresentation",
    "PixelData",
)


def _inputs(films: np.ndarray) -> np.ndarray:
    """Average blocks of pixels, with the marker's corner blacked out: one row of 256 numbers for each film."""
    films = films.astype(float)
    films[CORNER] = 0
    side = films.shape[1] // BLOCK
    return films.reshape(-1, side, BLOCK, side, BLOCK).mean(axis=(2, 4)).reshape(len(films), -1)


# --- end


def score_films(known_films: np.ndarray, known_labels: np.ndarray, films: np.ndarray) -> np.ndarray:
    """Learn from films with a report, and score new ones: the higher, the sooner a doctor should look.

    Args:
        known_films: shape (n, 64, 64), 0 to 4095, all from one site.
        known_labels: whether the report names a lesion, shape (n,); some reports are wrong.
        films: shape (m, 64, 64), from any site.

    Returns:
        Shape (m,): one finite number for each film, in their order.
    """
    # --- solution: look at twenty films of each kind before you train; which pixels can a lesion change?
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.003, max_iter=300))
    return model.fit(_inputs(known_films), known_labels).predict_proba(_inputs(films))[:, 1]
    # --- end


def evaluate(lesion: np.ndarray, flagged: np.ndarray) -> dict[str, float | None]:
    """Say how many lesions are found and how many healthy films are left alone, and how sure that is.

    Args:
        lesion: whether there is one, shape (n,).
        flagged: whether the film was flagged, shape (n,).

    Returns:
        `sensitivity`, `sensitivity_low`, `sensitivity_high`, `specificity`, `specificity_low`, `specificity_high`, from
        0 to 1: shares with their 95 % Wilson intervals. All three are None where there is nothing to count.
    """
    # --- solution: count of whom each is a share; the README has the interval's formula
    lesion, flagged = np.asarray(lesion, dtype=bool), np.asarray(flagged, dtype=bool)
    answer: dict[str, float | None] = {}
    for name, of, right in (("sensitivity", lesion, flagged), ("specificity", ~lesion, ~flagged)):
        n, hits, z = int(of.sum()), int((of & right).sum()), 1.96
        if n == 0:
            answer |= {name: None, f"{name}_low": None, f"{name}_high": None}
            continue
        share = hits / n
        middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
        reach = z / (1 + z**2 / n) * (share * (1 - share) / n + z**2 / (4 * n**2)) ** 0.5
        answer |= {name: share, f"{name}_low": middle - reach, f"{name}_high": middle + reach}
    return answer
    # --- end


def deidentify(files: list[bytes]) -> list[bytes]:
    """Remove from the DICOM files of one study whose it is.

    Args:
        files: the content of each file; `pydicom.dcmread(BytesIO(file))` reads it, and `as_file` writes a dataset.

    Returns:
        As many files, in the same order: no name, number, date or address in any element; the same pixels; new UIDs,
        the same new one wherever the same old one stood.
    """
    # --- solution: start from an empty dataset and copy what is known to be harmless; private and nested elements too?
    import pydicom
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import generate_uid

    new_uids: dict[str, str] = {}

    def renewed(uid: str) -> str:
        return new_uids.setdefault(uid, generate_uid())

    cleaned = []
    for file in files:
        old, new = pydicom.dcmread(BytesIO(file)), Dataset()
        for name in HARMLESS:
            if name in old:
                new[name] = old[name]
        for name in ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"):
            setattr(new, name, renewed(old[name].value))
        new.ReferencedImageSequence = []
        for reference in old.get("ReferencedImageSequence", []):
            kept = Dataset()
            kept.ReferencedSOPClassUID = reference.ReferencedSOPClassUID
            kept.ReferencedSOPInstanceUID = renewed(reference.ReferencedSOPInstanceUID)
            new.ReferencedImageSequence.append(kept)
        new.PatientIdentityRemoved = "YES"
        new.file_meta = FileMetaDataset()
        new.file_meta.TransferSyntaxUID = old.file_meta.TransferSyntaxUID
        new.file_meta.MediaStorageSOPClassUID = old.SOPClassUID
        new.file_meta.MediaStorageSOPInstanceUID = new.SOPInstanceUID
        cleaned.append(as_file(new))
    return cleaned
    # --- end


def as_file(dataset) -> bytes:
    """Write a pydicom dataset, with its `file_meta`, as the content of a DICOM file. Leave this one as it is."""
    buffer = BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def main() -> None:
    """Learn from half of the home site's films; flag the third with the highest scores at home and elsewhere."""
    hospital = build(seed=1)
    images = hospital.public("images")
    home = images[images["site"] == "home"]
    known = home.iloc[: len(home) // 2]
    for name, asked in (("home", home.iloc[len(home) // 2 :]), ("external", images[images["site"] == "external"])):
        films = [hospital.pixels(some["image_id"]) for some in (known, asked)]
        scores = np.asarray(score_films(films[0], known["label"].to_numpy(), films[1]))
        found = evaluate(asked["label"].to_numpy(), scores >= np.quantile(scores, 2 / 3))
        print(f"{name}: " + ", ".join(f"{key} {value:.2f}" for key, value in found.items()))


if __name__ == "__main__":
    main()
