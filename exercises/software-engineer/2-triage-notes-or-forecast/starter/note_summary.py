"""Discharge notes: take out who it is, keep what is true, and tell the patient what matters.

Run `python note_summary.py` to read a practice note and what your functions make of it. All data are synthetic.
For learning, not for clinical use.
"""

from wardround.hospital import build

PATIENTS = 5000  # the checks read the notes of this hospital: note 250 there is note 250 here


def deidentify(text: str) -> str:
    """Remove who the patient is from a note, and nothing else.

    Args:
        text: a discharge note.

    Returns:
        The note without names, record number, dates, address, phone, e-mail and ages over 89; all else word for word.
    """
    # TODO: learn from the note itself who is named in it; and whose name is also a disease?
    raise NotImplementedError("deidentify is not written yet")


def read_note(text: str) -> dict[str, list[str]]:
    """Sort the diseases of a note by what it says about them.

    Args:
        text: a discharge note.

    Returns:
        Four lists of the note's own words: `has` (the reason for the stay, the known conditions, any other disease of
        the patient), `ruled_out`, `family` (a relative's disease, without the relative) and `allergies` (empty if none
        is known).
    """
    # TODO: find the sentence that each of them stands in; then look at what the sentence says about it
    raise NotImplementedError("read_note is not written yet")


def summarize(text: str) -> str:
    """Tell the patient in at most 80 words what the note says they must know.

    Args:
        text: a discharge note.

    Returns:
        A text that names nobody and says why they were in hospital, what to take (word for word), their allergies, in
        how many days to come back, and the signs with which to come at once.
    """
    # TODO: quote what is dangerous to reword; leave out what a patient could take for a diagnosis
    raise NotImplementedError("summarize is not written yet")


def main() -> None:
    """Show a note of the practice hospital and what your functions make of it."""
    note = build(seed=1, patients=PATIENTS).public("notes")["text"].iloc[0]
    print(f"The note\n--------\n{note}\n")
    for title, function in (
        ("Without identifiers", deidentify),
        ("What it says", read_note),
        ("For the patient", summarize),
    ):
        try:
            made = function(note)
        except NotImplementedError as error:
            made = error
        print(f"{title}\n{'-' * len(title)}\n{made}\n")


if __name__ == "__main__":
    main()
