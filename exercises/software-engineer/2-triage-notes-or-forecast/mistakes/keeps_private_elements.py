"""Keeps private elements, whose names only their maker knows; the patient's name stands in one.

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
        for element in before:
            if element.tag.is_private:
                dataset.add(element)
        cleaned.append(as_file(dataset))
    return cleaned
