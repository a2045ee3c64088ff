"""First collect the pieces that say who it is, then cut them out from the end; the history is read clause by clause."""

import re

DISEASE = r"[A-Z]\w+ (?:disease|lymphoma)"
PLACES = (
    r"Patient:\s*(?P<hide>.+?)\s{2,}",
    r"(?m)^(?P<hide>.+?)\s{2,}Record",
    r"MRN:\s*(?P<hide>\S+)",
    r"Record\s*(?P<hide>\d+)",
    r"(?m)^Address:\s*(?P<hide>.+)$",
    r"(?P<hide>[\w.+-]+@[\w.-]+\w)",
    r"(?P<hide>\(\d{3}\)\s*\d{3}-\d{4})",
    r"(?P<hide>\b\d{1,4}[/-]\d{1,2}[/-]\d{2,4}\b)",
    r"(?P<hide>\b[A-Z][a-z]+ \d{1,2}, \d{4}\b)",
    r"(?P<hide>\b(?:9\d|1[01]\d))-year-old",
)
NAMED = (
    r"Patient:\s*(.+?)\s{2,}",
    r"(?m)^(.+?)\s{2,}Record",
    r"\b(?:Dr|Mr|Ms)\.\s+([^\s.,]+)",
    r"discussed with h\w+ \w+ ([^.]+)\.",
)


def deidentify(text):
    spans = [match.span("hide") for pattern in PLACES for match in re.finditer(pattern, text)]
    names = {part for pattern in NAMED for said in re.findall(pattern, text) for part in re.findall(r"[^\s,]+", said)}
    for name in names:
        here = re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
        spans += [match.span() for match in here if not re.match(" (?:disease|lymphoma)", text[match.end() :])]
    joined = []
    for begin, end in sorted(spans):
        if joined and begin <= joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([begin, end])
    for begin, end in reversed(joined):
        text = f"{text[:begin]}***{text[end:]}"
    return text


def read_note(text):
    said = {"has": [], "ruled_out": [], "family": [], "allergies": []}
    kinds = (
        (r"admitted with (?P<it>[^.]+)", "has"),
        (r"^No evidence of (?P<it>.+)", "ruled_out"),
        (r"^(?P<it>.+) was ruled out", "ruled_out"),
        (r"^Family history: (?P<it>.+) in the \w+", "family"),
        (rf"^(?:Mild )?(?P<it>{DISEASE})(?:, stable| for some years, under review)?$", "has"),
    )
    history = next(line for line in text.splitlines() if "admitted with" in line)
    for sentence in re.split(r"\.\s*", history):
        if sentence.startswith("Known "):
            said["has"].extend(sentence[len("Known ") :].split(", "))
        for pattern, kind in kinds:
            if match := re.search(pattern, sentence):
                said[kind].append(match["it"])
                break
    allergies = re.search(r"Allergies:\s*(.+?)\.?$", text, re.MULTILINE)[1]
    if allergies != "none known":
        said["allergies"] = allergies.split(", ")
    return said


def summarize(text):
    fact = {
        name: re.search(pattern, text)[1]
        for name, pattern in {
            "reason": r"admitted with ([^.]+)",
            "take": r"Take home: (.+)\.",
            "allergies": r"Allergies: (.+)\.",
            "days": r"Follow-up in (\d+ days)",
            "signs": r"Come back at once with ([^.]+)",
        }.items()
    }
    return (
        f"Your hospital stay was for {fact['reason']}. Every day from now on: {fact['take']}. What you must not get: "
        f"{fact['allergies']}. We want to see you again in {fact['days']}. With {fact['signs']}: come to us at once!"
    )
