"""Cleans the top level only; inside a sequence the request still names the patient and the doctor.

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
        dataset = pydicom.dcmread(BytesIO(new))
        dataset.RequestAttributesSequence = pydicom.dcmread(BytesIO(old)).RequestAttributesSequence
        cleaned.append(as_file(dataset))
    return cleaned
