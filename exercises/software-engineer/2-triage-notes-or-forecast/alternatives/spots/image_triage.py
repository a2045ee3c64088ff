"""Support vectors on smoothed films without the frame; a study is cleaned by walking through all its elements."""

from io import BytesIO

import numpy as np
import pydicom
from pydicom.uid import generate_uid
from scipy.ndimage import uniform_filter
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

SAFE_TEXT = {"Modality", "ConversionType", "BodyPartExamined", "PhotometricInterpretation", "PatientSex"}
SAFE_KINDS = {"US", "IS", "OW"}


def score_films(known_films, known_labels, films):
    def seen(some):
        return uniform_filter(some[:, 10:58, 4:60].astype(float), (0, 4, 4))[:, ::4, ::4].reshape(len(some), -1)

    model = make_pipeline(StandardScaler(), SVC(C=2))
    return model.fit(seen(known_films), known_labels).decision_function(seen(films)).tolist()


def evaluate(lesion, flagged):
    out = {}
    for name, mask, hit in (("sensitivity", lesion, flagged), ("specificity", ~lesion, ~flagged)):
        n = mask.sum()
        if not n:
            out.update(dict.fromkeys((name, name + "_low", name + "_high")))
            continue
        p, z2 = hit[mask].mean(), 3.8416
        root = np.sqrt(z2 * z2 / 4 + z2 * n * p * (1 - p))
        out.update({name: p, name + "_low": (n * p + z2 / 2 - root) / (n + z2)})
        out[name + "_high"] = (n * p + z2 / 2 + root) / (n + z2)
    return out


def deidentify(files):
    datasets = [pydicom.dcmread(BytesIO(file)) for file in files]
    new = {}

    def clean(dataset, element):
        if element.tag.is_private:
            del dataset[element.tag]
        elif element.VR == "UI":
            if "Class" not in element.keyword and "Syntax" not in element.keyword:
                element.value = new.setdefault(str(element.value), generate_uid())
        elif element.VR != "SQ" and element.VR not in SAFE_KINDS and element.keyword not in SAFE_TEXT:
            del dataset[element.tag]

    out = []
    for dataset in datasets:
        dataset.walk(clean)
        dataset.file_meta.walk(clean)
        out.append(as_file(dataset))
    return out


def as_file(dataset):
    buffer = BytesIO()
    dataset.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()
