"""Draws new UIDs for each file by itself, so that two films of one patient no longer belong together.

overrides: image_triage.py
fails: test_study_names_nobody
"""

from image_triage import deidentify as right


def deidentify(files):
    return [right([file])[0] for file in files]
