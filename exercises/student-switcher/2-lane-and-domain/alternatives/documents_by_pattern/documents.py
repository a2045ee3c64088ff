"""Regular expressions, a loop over letters, and the note's own words for the reason of the stay."""

import re


def syllables(word):
    count, last = 0, ""
    word = word.lower()
    for letter in word:
        count += letter in "aeiouy" and last not in tuple("aeiouy")
        last = letter
    if len(word) > 1 and word[-1] == "e" and word[-2] not in "aeiouyl":
        count -= 1
    return max(1, count)


def grade(text):
    words, ends = [], 0
    for line in text.split("\n"):
        found = [word for word in line.split(" ") if re.search("[A-Za-z0-9]", word)]
        words += found
        ends += len([word for word in found if word[-1] in ".!?"])
        ends += bool(found) and found[-1][-1] not in ".!?"
    total = sum(syllables(re.sub(r"^\W+|\W+$", "", word)) for word in words)
    return 0.39 * len(words) / ends + 11.8 * total / len(words) - 15.59


def letter(note):
    reason = re.search(r"admitted with (.+?)\.", note)[1]
    medicine = re.search(r"Take home: (.+?)\.", note)[1]
    allergies = re.search(r"Allergies: (.+?)\.", note)[1]
    days = re.search(r"Follow-up in (\d+)", note)[1]
    signs = re.split(", | or ", re.search(r"at once with (.+?)\.", note)[1])
    lines = [
        "You can go home.",
        f"You had {reason}.",
        "Take:",
        f"- {medicine}",
        f"You told us of these allergies: {allergies}.",
    ]
    lines += [f"In {days} days you see a doctor.", "Come back at once if you get:", *(f"- {sign}" for sign in signs)]
    return "\n".join(lines)
