"""Line by line, with the note's own layout; only plain string methods where they do."""

import re


def deidentify(text):
    out = []
    secret = set()
    for line in text.split("\n"):
        if match := re.match(r"Patient: (.*?)   ", line):
            secret |= set(match[1].split())
        elif match := re.match(r"(.*?), (.*?)   Record", line):
            secret |= {match[1], match[2]}
        for match in re.finditer(r"(?:Dr|Mr|Ms)\. ([^\s.]+)", line):
            secret.add(match[1])
        if match := re.search(r"discussed with \w+ \w+ ([^.]+)\.", line):
            secret |= set(match[1].split())
    secret = sorted(secret, key=len, reverse=True)
    for line in text.split("\n"):
        if line.startswith(("Address:", "E-mail:")):
            continue
        out.append(_hidden(line, secret))
    return "\n".join(out)


def _hidden(line, secret):
    if line.startswith(("Admitted:", "Patient:")) or "   Record " in line:
        return "(identity removed)"
    line = re.sub(r"\(\d+\) [\d-]+", "___", line)
    line = re.sub(r" on (\S+ \d+, \d{4}|\d[\d/-]+\d)", " on ___", line)
    line = re.sub(r"(\d+)-year-old", lambda age: age[0] if int(age[1]) < 90 else "over-89-year-old", line)
    for name in secret:
        line = re.sub(rf"(?<![\w'-]){re.escape(name)}(?![\w'-]| disease| lymphoma)", "___", line)
    return line


def read_note(text):
    history = text.split("History: ")[1].split("\n")[0]
    said = {"has": [], "ruled_out": [], "family": [], "allergies": []}
    for sentence in history.rstrip(".").split(". "):
        if " admitted with " in sentence:
            said["has"].append(sentence.split(" admitted with ")[1])
        elif sentence.startswith("Known "):
            said["has"] += sentence.removeprefix("Known ").split(", ")
        elif sentence.startswith("No evidence of "):
            said["ruled_out"].append(sentence.removeprefix("No evidence of "))
        elif sentence.endswith(" was ruled out"):
            said["ruled_out"].append(sentence.removesuffix(" was ruled out"))
        elif sentence.startswith("Family history: "):
            said["family"].append(sentence.removeprefix("Family history: ").rsplit(" in the ", 1)[0])
        elif "disease" in sentence or "lymphoma" in sentence:
            said["has"].append(" ".join(sentence.removeprefix("Mild ").split()[:2]).rstrip(","))
    allergy = text.split("Allergies: ")[1].split(".")[0]
    said["allergies"] = [] if allergy.startswith("none") else [allergy]
    return said


def summarize(text):
    after = lambda words: text.split(words)[1].split("\n")[0]  # noqa: E731
    allergy = after("Allergies: ").rstrip(".")
    return "\n".join(
        [
            f"* Why you were here: {read_note(text)['has'][0]}",
            f"* Your medicine: {after('Take home: ')}",
            "* Allergies: " + ("no known allergies" if allergy == "none known" else allergy),
            f"* Your doctor sees you in {after('Follow-up in ').split()[0]} days.",
            f"* Come AT ONCE with {after('Come back at once with ')}",
        ]
    )
