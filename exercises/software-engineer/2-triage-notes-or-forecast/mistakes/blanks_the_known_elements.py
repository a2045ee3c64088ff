"""Blanks the elements that everybody knows of; a comment in free text says the name and the number again.

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
        dataset.ImageComments = pydicom.dcmread(BytesIO(old)).ImageComments
        cleaned.append(as_file(dataset))
    return cleaned
