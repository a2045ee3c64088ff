"""Reads the list after "Known" and misses the disease that a sentence of its own tells.

overrides: note_summary.py
fails: test_diseases_are_sorted
"""

from note_summary import read_note as right


def read_note(text):
    said = right(text)
    return said | {
        "has": [
            disease
            for disease in said["has"]
            if not disease.endswith((" disease", " lymphoma")) or disease.startswith("chronic")
        ]
    }
