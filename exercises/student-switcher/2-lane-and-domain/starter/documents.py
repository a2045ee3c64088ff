"""Documents: which part of a discharge note must the patient understand?

Run `python documents.py`: it shows one note with your letter, and how hard both are to read. All data are synthetic.
For learning, not for clinical use.
"""

from wardround.hospital import build

VOWELS = "aeiouy"
PLAIN = {
    "community-acquired pneumonia": "a lung infection",
    "COPD exacerbation": "a flare of your lung disease",
    "pyelonephritis": "a kidney infection",
    "cellulitis of the left leg": "a skin infection of your left leg",
    "acute appendicitis": "an inflamed appendix",
    "acute cholecystitis": "an inflamed gallbladder",
    "decompensated heart failure": "a weak heart, with water in your body",
    "new atrial fibrillation": "an uneven heartbeat",
    "fracture of the right hip": "a broken right hip",
    "knee replacement": "a new knee",
    "fever after chemotherapy": "a fever after your cancer treatment",
    "nausea after chemotherapy": "feeling sick after your cancer treatment",
}
"""What a patient would call it. These words are given: a nurse has checked them."""


def between(text: str, before: str, after: str) -> str:
    """Give the piece of a text that stands between two others, without blanks at its ends. This is given.

    `between("Take home: aspirin 100 mg. Bye.", "Take home:", ".")` is "aspirin 100 mg".
    """
    _, found, rest = text.partition(before)
    if not found:
        raise ValueError(f"the text does not hold {before!r}")
    return rest.partition(after)[0].strip()


def syllables(word: str) -> int:
    """Count the syllables of an English word, by a rule of thumb.

    The rule: count the groups of neighboring vowels (a, e, i, o, u, y). An "e" at the end of a word that is a group of
    its own is silent and does not count, unless an "l" stands before it. Every word has at least one syllable; so has a
    number.
    """
    # TODO: go through the letters; a group begins at a vowel with no vowel before it
    raise NotImplementedError("syllables is not written yet")


def grade(text: str) -> float:
    """Say how many years of school in the US a text asks of its reader: the Flesch-Kincaid grade level (1975).

    .39 x words per sentence + 11.8 x syllables per word - 15.59. A word is a piece between blanks that holds a
    letter or a digit, without the punctuation around it. A sentence ends where ".", "!" or "?" follows a word, and at
    the end of a line.
    """
    # TODO: take line by line and split it at blanks. Count words, ends of sentences, and syllables
    raise NotImplementedError("grade is not written yet")


def letter(note: str) -> str:
    """Write to the patient what they must know when they go home.

    Args:
        note: a discharge note, as the hospital keeps it.

    Returns:
        A letter of at most 120 words.
    """
    # TODO: fetch each fact with `between`; then write short sentences around the facts
    raise NotImplementedError("letter is not written yet")


def main() -> None:
    """Show one note with its letter, and print the two numbers for documents.yaml."""
    notes = build(seed=1, patients=4000).public("notes").sort_values("note_id")["text"].head(40).tolist()
    letters = [letter(note) for note in notes]
    print(notes[0], letters[0], sep="\n\n--- your letter ---\n", end="\n\n")
    print(f"today: the notes ask for {sum(map(grade, notes)) / len(notes):.1f} years of school")
    print(f"yours: your letters ask for {sum(map(grade, letters)) / len(letters):.1f}")


if __name__ == "__main__":
    main()
