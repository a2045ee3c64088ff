"""Keeps the UIDs: whoever has the archive can look up whose film it is.

overrides: image_triage.py
fails: test_study_names_nobody
"""

from io import BytesIO

import pydicom
from image_triage import as_file
from image_triage import deidentify as right


def deidentify(files):
    cleaned = []
    for old, new in zip(files, right(files), strict=True):
        dataset, before = pydicom.dcmread(BytesIO(new)), pydicom.dcmread(BytesIO(old))
        for name in ("StudyInstanceUID", "SeriesInstanceUID"):
            setattr(dataset, name, before[name].value)
        cleaned.append(as_file(dataset))
    return cleaned
