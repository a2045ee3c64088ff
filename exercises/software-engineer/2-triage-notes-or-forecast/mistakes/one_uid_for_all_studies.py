"""Writes the same invented UID into every study; in the archive all patients become one.

overrides: image_triage.py
fails: test_study_names_nobody
"""

from io import BytesIO

import pydicom
from image_triage import as_file
from image_triage import deidentify as right


def deidentify(files):
    cleaned = []
    for file in right(files):
        dataset = pydicom.dcmread(BytesIO(file))
        dataset.StudyInstanceUID = "2.25.1"
        cleaned.append(as_file(dataset))
    return cleaned
