"""Discharge notes: take out who it is, keep what is true, and tell the patient what matters.

Run `python note_summary.py` to read a practice note and what your functions make of it. All data are synthetic.
For learning, not for clinical use.
"""

# --- solution
import re

# --- end
from wardround.hospital import build

PATIENTS = 5000  # the checks read the notes of this hospital: note 250 there is note 250 here

# --- solution
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WORD = r"[A-Z][\w'-]+"
WHO = (  # where a note says a name; each may have several words
    rf"Patient: ({WORD} {WORD})",
    rf"^({WORD}, {WORD})   Record",
    rf"Dr\. ({WORD})",
    rf"(?:Mr|Ms)\. ({WORD})",
    rf"discussed with (?:her|his) \w+ ({WORD} {WORD})",
)
HIDDEN = {  # what is replaced, in this order
    "[EMAIL]": r"\S+@\S+",
    "[PHONE]": r"\(\d{3}\) \d{3}-\d{4}",
    "[ADDRESS]": r"(?<=Address: ).+",
    "[DATE]": rf"\d\d/\d\d/\d{{4}}|\d{{4}}-\d\d-\d\d|(?:{MONTHS}) \d{{1,2}}, \d{{4}}",
    "[NUMBER]": r"(?<=MRN: )\d+|(?<=Record )\d+",
    "[OVER 89]": r"\b(?:9\d|1\d\d)(?=-year-old)",
}
# --- end


def deidentify(text: str) -> str:
    """Remove who the patient is from a note, and nothing else.

    Args:
        text: a discharge note.

    Returns:
        The note without names, record number, dates, address, phone, e-mail and ages over 89; all else word for word.
    """
    # --- solution: learn from the note itself who is named in it; and whose name is also a disease?
    names = {word for pattern in WHO for found in re.findall(pattern, text, re.M) for word in re.split(r",? ", found)}
    for placeholder, pattern in HIDDEN.items():
        text = re.sub(pattern, placeholder, text)
    for name in sorted(names, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)(?! disease| lymphoma)", "[NAME]", text)
    return text
    # --- end


def read_note(text: str) -> dict[str, list[str]]:
    """Sort the diseases of a note by what it says about them.

    Args:
        text: a discharge note.

    Returns:
        Four lists of the note's own words: `has` (the reason for the stay, the known conditions, any other disease of
        the patient), `ruled_out`, `family` (a relative's disease, without the relative) and `allergies` (empty if none
        is known).
    """
    # --- solution: find the sentence that each of them stands in; then look at what the sentence says about it
    known = re.search(r"Known (.+?)\.", text)
    other = re.search(rf"(?:Mild )?({WORD} (?:disease|lymphoma))(?:, stable| for some years)", text)
    excluded = re.search(r"No evidence of (.+?)\.|\. ([^.]+?) was ruled out", text)
    allergies = re.findall(r"^Allergies: (.+?)\.$", text, re.M)
    return {
        "has": [
            *re.findall(r"admitted with (.+?)\.", text),
            *(known[1].split(", ") if known else []),
            *([other[1]] if other else []),
        ],
        "ruled_out": [excluded[1] or excluded[2]] if excluded else [],
        "family": re.findall(r"Family history: (.+?) in the \w+\.", text),
        "allergies": [allergy for allergy in allergies if allergy != "none known"],
    }
    # --- end


def summarize(text: str) -> str:
    """Tell the patient in at most 80 words what the note says they must know.

    Args:
        text: a discharge note.

    Returns:
        A text that names nobody and says why they were in hospital, what to take (word for word), their allergies, in
        how many days to come back, and the signs with which to come at once.
    """
    # --- solution: quote what is dangerous to reword; leave out what a patient could take for a diagnosis
    reason = re.search(r"admitted with (.+?)\.", text)[1]
    medicine = re.search(r"Take home: (.+?)\.$", text, re.M)[1]
    allergies = re.search(r"Allergies: (.+?)\.$", text, re.M)[1]
    days = re.search(r"Follow-up in (\d+) days", text)[1]
    signs = re.search(r"Come back at once with (.+?)\.", text)[1]
    return (
        f"You were in hospital with {reason}. Take {medicine}. Allergies: {allergies}. Your next appointment is in "
        f"{days} days. Come back at once if you have {signs}. Ask your care team before you change anything."
    )
    # --- end


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
