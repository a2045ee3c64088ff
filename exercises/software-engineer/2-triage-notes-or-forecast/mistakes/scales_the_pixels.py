"""Writes the pixels anew, brightened to the full range; that is not the film that was reported.

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
        pixels = dataset.pixel_array.astype(float)
        dataset.PixelData = (pixels / pixels.max() * 4095).astype("<u2").tobytes()
        cleaned.append(as_file(dataset))
    return cleaned
