"""Groups of letters, one pass over the lines, and a letter under headings, with a slot for each fact."""

from itertools import groupby, pairwise

PLAIN_HERE = {
    "community-acquired pneumonia": "a lung infection",
    "decompensated heart failure": "a weak heart, with water in your body",
    "acute appendicitis": "an inflamed appendix",
}
LETTER = """Why you were here:
You had {reason}.

What to take:
{medicine}

What you cannot take:
{allergies}

Your next visit:
Go to your doctor in {days}.

Come back at once for:
{signs}
"""


def is_vowel(letter):
    return letter in set("aeiouy")


def syllables(word):
    groups = [(vowels, "".join(letters)) for vowels, letters in groupby(word.lower(), key=is_vowel)]
    number = sum(vowels for vowels, _ in groups)
    silent = [last == (True, "e") and not before[1].endswith("l") for before, last in pairwise(groups)][-1:]
    return max(number - sum(silent), 1)


def grade(text):
    counted, sentences = [], 0
    for line in filter(str.strip, text.splitlines()):
        words = [word for word in line.split() if any(map(str.isalnum, word))]
        if not words:
            continue
        counted += words
        sentences += 1 + len([word for word in words[:-1] if word[-1] in {".", "!", "?"}])
    bare = ["".join(letter for letter in word if letter.isalnum() or letter in "-'/") for word in counted]
    return 0.39 * len(counted) / sentences + 11.8 * sum(map(syllables, bare)) / len(counted) - 15.59


def after(note, words):
    return note.split(words)[1]


def letter(note):
    reason = after(note, "admitted with").split(".")[0].strip()
    return LETTER.format(
        reason=PLAIN_HERE.get(reason, reason),
        medicine=after(note, "Take home:").split(".")[0].strip(),
        allergies=after(note, "Allergies:").split(".")[0].strip(),
        days=after(note, "Follow-up in").split("with")[0].strip(),
        signs=after(note, "Come back at once with").split(".")[0].strip().replace(" or ", ", "),
    )
