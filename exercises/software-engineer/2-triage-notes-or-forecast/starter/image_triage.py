"""Chest films: which to read first, without falling for a marker; and a study that tells nobody whose it is.

Run `python image_triage.py` to try your score on both sites of the practice hospital. All data are synthetic.
For learning, not for clinical use.
"""

from io import BytesIO

import numpy as np

from wardround.hospital import build


def score_films(known_films: np.ndarray, known_labels: np.ndarray, films: np.ndarray) -> np.ndarray:
    """Learn from films with a report, and score new ones: the higher, the sooner a doctor should look.

    Args:
        known_films: shape (n, 64, 64), 0 to 4095, all from one site.
        known_labels: whether the report names a lesion, shape (n,); some reports are wrong.
        films: shape (m, 64, 64), from any site.

    Returns:
        Shape (m,): one finite number for each film, in their order.
    """
    # TODO: look at twenty films of each kind before you train; which pixels can a lesion change?
    raise NotImplementedError("score_films is not written yet")


def evaluate(lesion: np.ndarray, flagged: np.ndarray) -> dict[str, float | None]:
    """Say how many lesions are found and how many healthy films are left alone, and how sure that is.

    Args:
        lesion: whether there is one, shape (n,).
        flagged: whether the film was flagged, shape (n,).

    Returns:
        `sensitivity`, `sensitivity_low`, `sensitivity_high`, `specificity`, `specificity_low`, `specificity_high`, from
        0 to 1: shares with their 95 % Wilson intervals. All three are None where there is nothing to count.
    """
    # TODO: count of whom each is a share; the README has the interval's formula
    raise NotImplementedError("evaluate is not written yet")


def deidentify(files: list[bytes]) -> list[bytes]:
    """Remove from the DICOM files of one study whose it is.

    Args:
        files: the content of each file; `pydicom.dcmread(BytesIO(file))` reads it, and `as_file` writes a dataset.

    Returns:
        As many files, in the same order: no name, number, date or address in any element; the same pixels; new UIDs,
        the same new one wherever the same old one stood.
    """
    # TODO: start from an empty dataset and copy what is known to be harmless; private and nested elements too?
    raise NotImplementedError("deidentify is not written yet")


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
