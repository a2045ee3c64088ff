"""Forms: nested answers of people who never saw YAML; each fault is one sentence from which they can mend it."""

import random
import time
from typing import Annotated, Literal

import pytest
from pydantic import Field, field_validator, model_validator

from wardround.grading import Clock, Count, Form, Positive, Reads, Share, Text, Waiting
from wardround.grading.faults import Verdict, WrongForm
from wardround.grading.forms import read_form
from wardround.grading.number_text import number_remedy
from wardround.wording import did_you_mean


class Step(Form):
    id: Text
    actor: Literal["ai", "human"]
    next: list[Text] = []
    time_limit_min: Positive | None = None


class Workflow(Form):
    title: Text
    share: Share = 0.5
    start: Clock = "08:00"
    alerts: Count = 0
    steps: Annotated[list[Step], Field(min_length=2)]


GOOD = """\
title: Sepsis alerts
share: 0.3
start: 08:30
alerts: 7
steps:
  - id: triage
    actor: ai
    next: [review]
    time_limit_min: 15
  - id: review
    actor: human
    next:
      - triage
"""


@pytest.fixture
def read(tmp_path):
    def run(content, form=Workflow, **settings):
        path = tmp_path / "flow.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_form(path, form, **settings)

    return run


@pytest.fixture
def fault(read):
    def run(content, form=Workflow, **settings):
        with pytest.raises(WrongForm) as caught:
            read(content, form, **settings)
        sentence = caught.value.sentence
        assert "\n" not in sentence
        assert caught.value.hint == ""
        return sentence

    return run


def test_a_form_gives_plain_values_and_knows_its_lines(read):
    form = read(GOOD)
    assert (form.share, form.start, form.alerts) == (0.3, "08:30", 7)
    assert form.steps[1].actor == "human"
    assert form.where("steps", 1, "next") == "flow.yaml, line 12"
    assert form.where("steps", 1, "next", 0) == form.steps[1].where("next", 0) == "flow.yaml, line 13"
    assert form.where("steps", 1, "time_limit_min") == form.steps[1].where() == "flow.yaml, line 10"
    assert form.where() == form.where("nothing") == "flow.yaml"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        "\ufeff" + GOOD,
        "---\n" + GOOD,
        "# mine\n\n" + GOOD + "# end",
    ],
    ids=["crlf", "cr", "bom", "dashes", "remarks"],
)
def test_editors_of_every_kind(read, text):
    assert read(text) == read(GOOD)  # forms are alike by their values, wherever they stand


class Words(Form):
    text: Text
    other: str = ""


@pytest.mark.parametrize(
    "written", ["no", "on", "8:30", "08:30", "2026-11-22", "1.10", "2", "0x1F", "1e3", "true", ".5"]
)
def test_a_text_is_taken_as_it_is_written(read, written):
    assert read(f"text: {written}\n", Words).text == written
    assert read(f'text: "{written}"\n', Words).text == written


def test_a_text_of_several_lines(read):
    assert read("text: >-\n  One\n  two.\n", Words).text == "One two."
    assert read("text: One\n  two.\n", Words).text == "One two."


class Figures(Form):
    number: float = 0.0
    whole: int = 0
    yes: bool = False
    at: Clock = "00:00"
    either: Share | Literal["none"] = "none"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("number: 3", "number", 3.0),
        ("number: 1e-3", "number", 0.001),
        ("number: '0.2'", "number", 0.2),
        ("number: .5", "number", 0.5),
        ("whole: 7.0", "whole", 7),
        ("yes: Yes", "yes", True),
        ("yes: off", "yes", False),
        ("at: 8:05", "at", "08:05"),
        ("either: 0.2", "either", 0.2),
        ("either: none", "either", "none"),
        ("number:", "number", 0.0),  # a key without a value is left out
        ("at: ~", "at", "00:00"),
    ],
)
def test_values_as_people_write_them(read, text, key, value):
    assert getattr(read(text + "\n", Figures), key) == value


def swap(old, new):
    assert old in GOOD
    return GOOD.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # How a line is written
        (
            swap("title: Sepsis", "title:Sepsis"),
            "line 1 (`title:Sepsis alerts`): a space is missing after the colon. Write `title: Sepsis alerts`.",
        ),
        (
            swap("    actor: ai", "    actor:ai"),
            "line 7 (`actor:ai`): a space is missing after the colon. Write `actor: ai`.",
        ),
        (
            swap("share: 0.3", "share 0.3"),
            "line 2 (`share 0.3`): a colon is missing. Write `key: value`, with a space after the colon, such as "
            "`share: …`.",
        ),
        (
            swap("title: Sepsis", "title：Sepsis"),
            "line 1 (`title：Sepsis alerts`): the colon is not a plain one. Write `title: Sepsis alerts`.",
        ),
        (
            swap("    actor: ai", "\tactor: ai"),
            "line 7 (`actor: ai`): the line begins with a tab. Use spaces to indent.",
        ),
        (swap("alerts: 7", "alerts:\t7"), "line 4 (`alerts: 7`): a tab stands in this line. Use a space instead."),
        (
            swap("title: ", "title:\u00a0"),
            "line 1 (`title: Sepsis alerts`): a special (non-breaking) space stands in this line. Type an ordinary one "
            "in its place.",
        ),
        # Indents
        (
            swap("    actor: ai", "   actor: ai"),
            "line 7 (`actor: ai`): the indent is off. Keys that belong together begin in the same column: begin this "
            "line with 4 spaces, as id above it.",
        ),
        (
            swap("    actor: ai", "      actor: ai"),
            "line 7 (`actor: ai`): the indent is off. id in the line above has its value "
            "already; begin this line in the "
            "same column as id, or put quotes around text that holds a colon.",
        ),
        (
            swap("  - id: review", " - id: review"),
            "line 10 (`- id: review`): the indent is off. Begin all items of a list in the same column: this line with "
            "2 spaces, as `- id: triage` above it.",
        ),
        (
            swap("next: [review]", "next:\n  - review"),
            "line 9 (`- review`): the indent is off. This item belongs to next above it: begin the line with 6 spaces.",
        ),
        (
            swap("steps:\n", ""),
            "line 5 (`- id: triage`): a list begins here, but alerts in the line above has its value already. Write "
            "the list's own key on a line above it, with a colon and nothing behind it.",
        ),
        (
            swap("  - id: triage", "  -  id: triage"),
            "line 7 (`actor: ai`): the indent is off. Keys that belong together begin in the same column: begin this "
            "line with 5 spaces, as id above it.",
        ),
        (
            " " + GOOD,
            "line 1 (`title: Sepsis alerts`): the line begins with spaces. Begin the keys of the top level at the "
            "start of the line.",
        ),
        (
            swap("Sepsis alerts", "|\n  Sepsis alerts\n and falls"),
            "line 3 (`and falls`): a colon is missing; or, if this line goes on with the text of title above, begin it "
            "with 2 spaces, as the first line of that text.",
        ),
        (
            swap("next: [review]", "next:\n    review"),
            "line 9 (`review`): a colon is missing, or this line belongs to the one above. Then write it there: "
            "`next: review`.",
        ),
        # Quotes and signs
        (
            swap("Sepsis alerts", "Sepsis: who looks?"),
            "line 1 (`title: Sepsis: who looks?`): there is a colon too many. Put quotes around "
            "text that holds a colon: "
            '`title: "Sepsis: who looks?"`.',
        ),
        (
            swap("Sepsis alerts", '"Sepsis alerts'),
            'line 1 (`title: "Sepsis alerts`): a quote is opened and never closed. Close it: `title: "Sepsis alerts"`.',
        ),
        (
            swap("Sepsis alerts", '"Sepsis" alerts'),
            'line 1 (`title: "Sepsis" alerts`): text goes on behind a closing quote. Put all of it in quotes of the '
            "other kind than those inside: `title: '\"Sepsis\" alerts'`.",
        ),
        (
            swap("Sepsis alerts", "'Don't wait'"),
            "line 1 (`title: 'Don't wait'`): text goes on behind a closing quote. Put all of it in quotes of the other "
            'kind than those inside: `title: "Don\'t wait"`.',
        ),
        (
            swap("Sepsis alerts", "[urgent] alerts"),
            'line 1 (`title: [urgent] alerts`): text that begins with `[` needs quotes: `title: "[urgent] alerts"`.',
        ),
        (
            swap("Sepsis alerts", "> 5 alerts"),
            'line 1 (`title: > 5 alerts`): text that begins with `>` or `|` needs quotes: `title: "> 5 alerts"`.',
        ),
        (
            swap("Sepsis alerts", "@ward"),
            'line 1 (`title: @ward`): text that begins with `@` needs quotes: `title: "@ward"`.',
        ),
        (
            swap("Sepsis alerts", r'"C:\ward"'),
            r'line 1 (`title: "C:\ward"`): a `\` inside "…" has a meaning of its own. Use single quotes: ' "'…'.",
        ),
        (
            swap("Sepsis alerts", "#1 in the ward"),
            "line 1: title is empty; write text. What stands behind # is a comment; put quotes around text that begins "
            "with it.",
        ),
        (
            swap("[review]", "[review"),
            "line 8 (`next: [review`): a `[` is opened and never closed, or a comma is missing "
            "or stands twice. Close it "
            "with `]`, or put quotes around text that begins with `[`.",
        ),
        (GOOD + "---\na: 1\n", "line 14 (`---`): a line of `---` begins a second document. Remove it."),
        # Keys
        (
            swap("    actor: ai\n", ""),
            "line 6: item 1 of steps has no key actor. Add a line `actor: ai` (ai or human), in the same column as id.",
        ),
        (
            GOOD + "  - {actor: ai}\n",
            "line 14: item 3 of steps has no key id. Add `, id: …` (text).",
        ),
        (swap("actor: ai", "actr: ai"), "line 7: there is a key actr, but actor is expected. Rename it: `actor: …`."),
        (swap("share:", "shares:"), "line 2: the key shares is not known. If you mean share, rename it: `share: …`."),
        (
            GOOD + "titles: x\n",
            "line 14: the key titles is not known. Did you mean title? It is there as well: keep one.",
        ),
        (
            GOOD + "  - {id: look, over there, actor: human, next: []}\n",
            "line 14: the comma before `over there` ends the text, as it does in braces. Put quotes around the whole "
            'text: `id: "look, over there"`.',
        ),
        (
            GOOD + "    zzz: x\n",
            "line 14: the key zzz is not known inside item 2 of steps. Remove it; the keys here "
            "are id, actor, next and "
            "time_limit_min.",
        ),
        (
            swap("title: Sepsis alerts\n", "") + "    title: Sepsis alerts\n",
            "line 13: the key title stands inside item 2 of steps, but belongs at the top level "
            "of the file. Begin it at "
            "the start of the line, without spaces.",
        ),
        (
            GOOD + "actor: human\n",
            "line 14: the key actor belongs into an item of steps. Indent it, so that it begins in the column of its "
            "sisters.",
        ),
        (
            swap("actor: ai", "actor: ai\n    actor: human"),
            "the key actor stands twice (lines 7 and 8). Keep one.",
        ),
        (
            GOOD + "  - id: sign\n    actor: human\n    id: file\n",
            "the key id stands twice (lines 14 and 16). Keep one; if the next item of the list begins there, write "
            "`- id: …`.",
        ),
        (
            swap("time_limit_min: 15", "time_limit_min: 15\n    It beeps if late: yes"),
            "line 10: `It beeps if late` is read as a key, because a colon follows it. If it is "
            "text, put the whole text "
            "in quotes; if it goes on from the line above, put the quotes around both.",
        ),
        # Values of the wrong kind
        (
            swap("  - id: triage", "    id: triage").replace("  - id: review", "    # review"),
            "line 5: steps holds keys and values; a list is expected. Begin each item with `- `: `- id: …`, and indent "
            "the other keys of that item below it by two spaces more.",
        ),
        (
            swap("[review]", "review"),
            "line 8: next is `review`; a list is expected, even for one item. Write `next: [review]`.",
        ),
        (swap("[review]", "none"), "line 8: next is `none`; a list is expected. Write `next: []` if there is none."),
        (
            swap("[review]", "\n      – review"),
            "line 8: next is `– review`; a list is expected. Begin each item on a line of its own: `- review`.",
        ),
        (
            "title: x\nsteps: none\n",
            "line 2: steps is `none`; a list is expected. Begin each item on a line below it: `- id: …`.",
        ),
        (
            "title: x\nsteps:\n",
            "line 2: steps is empty; write a list, in lines that begin with `- `, such as `- id: …` on the next line. "
            "Write `steps: []` for none.",
        ),
        (
            GOOD + "  - sign\n",
            "line 14: item 3 of steps is `sign`; keys and values are expected, such as `id: sign`.",
        ),
        (
            GOOD + "  - id:sign\n",
            "line 14: item 3 of steps is `id:sign`: a space is missing after the colon. Write `id: sign`.",
        ),
        (
            GOOD + "      - Warning: call the nurse\n",
            "line 14: item 2 of next holds a colon, so it is read as a key and its value. Put quotes around the text: "
            '`- "Warning: call the nurse"`.',
        ),
        (
            swap("Sepsis alerts", "{ward}"),
            "line 1: title begins with `{`, so it is read as a list or as keys. Put quotes around the text: "
            '`title: "{ward}"`.',
        ),
        (
            swap("Sepsis alerts", "\n  - Sepsis"),
            "line 1: title holds a list; one text is expected. Write it in one line behind the colon.",
        ),
        (swap("Sepsis alerts", ""), "line 1: title is empty; write text behind the colon."),
        (swap("Sepsis alerts", '""'), "line 1: title is empty; write text behind the colon."),
        (
            swap("actor: ai", "actor: humans"),
            "line 7: actor is `humans`; write one of: ai or human. Did you mean human?",
        ),
        (swap("actor: ai", "actor: nurse"), "line 7: actor is `nurse`; write one of: ai or human."),
        (swap("actor: ai", "actor:"), "line 7: actor is empty; write ai or human: `actor: ai`."),
        # Numbers
        (
            swap("15", "15 min"),
            "line 9: time_limit_min is `15 min`, which is not a number. Write the number without its unit or sign: 15.",
        ),
        (swap("0.3", "3/8"), "line 2: share is `3/8`, which is not a number. Write what the division gives: 0.375."),
        (swap("0.3", "30 %"), "line 2: share is `30 %`, which is not a number. Write 0.3 for 30 %."),
        (swap("0.3", "30"), "line 2: share is `30`; write a number between 0 and 1. If you mean 30 %, write 0.3."),
        (swap("0.3", "0,3"), "line 2: share is `0,3`, which is not a number. Write a point, not a comma: 0.3."),
        (swap("0.3", ".nan"), "line 2: share is `.nan`; write a number between 0 and 1, in digits."),
        (swap("0.3", "1e999"), "line 2: share is `1e999`; write a number between 0 and 1, in digits."),
        (
            swap("0.3", "[0.3]"),
            "line 2: share holds a list; one number is expected. Take the brackets away: `share: 0.3`.",
        ),
        (
            swap(": 7", ": 1,200"),
            "line 4: alerts is `1,200`, which is not a number. Write 1200, or 1.200 with a point if "
            "the comma is a decimal one.",
        ),
        (swap(": 7", ": 5-10"), "line 4: alerts is `5-10`, which is not a number. Write one number, not a range."),
        (swap(": 7", ": 7.5"), "line 4: alerts is `7.5`; write a whole number of at least 0."),
        (swap(": 7", ": -7"), "line 4: alerts is `-7`; write a whole number of at least 0."),
        (swap("15", "0"), "line 9: time_limit_min is `0`; write a number above 0."),
        (
            swap(": 7", ": yes"),
            "line 4: alerts is `yes`, which is not a number. Write digits only, such as 3, without a unit.",
        ),
        (
            swap("0.3\n", "0.3\n  start 9\n").replace("start: 08:30\n", ""),
            "line 2: share is `0.3 start 9`, because line 3 (`start 9`) is read as a part of "
            "it. Begin that line in the "
            "column where it belongs, with a colon behind its key.",
        ),
        # Times, lengths
        (swap("08:30", "8 am"), "line 3: start is `8 am`; write a time of day as hours and minutes, such as 08:30."),
        (swap("08:30", "24:00"), "line 3: start is `24:00`; write a time of day as hours and minutes, such as 08:30."),
        (
            GOOD[: GOOD.index("  - id: review")],
            "line 5: steps has 1 item; at least 2 are expected. Add more, each on a line that begins with `- `.",
        ),
    ],
)
def test_each_fault_is_one_sentence_with_line_and_remedy(fault, text, sentence):
    told = fault(text)
    assert told.removeprefix("flow.yaml").lstrip(",: ") == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "flow.yaml is empty. Write the keys that the brief shows."),
        ("- id: x\n", "flow.yaml holds a list at its top; expected lines of `key: value`."),
        ("share: 0.1\n", "flow.yaml has no key title. Add a line `title: …` (text). flow.yaml has no key steps."),
        ("? [a]\n: 1\n", "flow.yaml, line 1: a list or braces stand where a key is expected."),
        ("title: &a x\nsteps: [*a]\n", "flow.yaml, line 1: `&` and `*` (anchors and aliases) are not read."),
        (
            "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
            "flow.yaml, line 1: `&` and `*` (anchors and aliases) are not read.",
        ),
        (
            "title: !!python/object/apply:os.system ['x']\n",
            "flow.yaml, line 1: a word that begins with `!` is not read.",
        ),
        ("title: " + "[" * 50_000, "flow.yaml, line 1 is nested too deeply."),
        ("title: " + "{" * 50_000, "flow.yaml, line 1: a list or braces stand where a key is expected."),
        ("- " * 50_000, "flow.yaml, line 1 is nested too deeply."),
        ("title: a\x00b\n", "flow.yaml, line 1 holds a character that is no text (number 0)."),
        (b"title: caf\xe9\n", "flow.yaml, line 1 is not UTF-8 text. Save the file as UTF-8"),
        (GOOD.encode("utf-16"), "flow.yaml, line 1 is not UTF-8 text."),
        ("title: " + "x" * 1_000_000, "flow.yaml is 1000 KB large; at most 200 KB are read. Shorten it."),
        ("".join(f"titl{i}: {i}\n" for i in range(12_000)), "flow.yaml, line 1: there is a key titl0, but title is"),
        ("title: x\nsteps:\n  - a" + " " * 180_000 + "b\n", "flow.yaml, line 3: item 1 of steps is `a`"),
        ("title: x\na" + " " * 180_000 + "b\n", "flow.yaml, line 2 (`a`): a colon is missing."),
        ("title: x\nalerts: " + "9" * 5000 + "\nsteps: []", "flow.yaml, line 2: alerts is `9999"),
    ],
)
def test_nothing_grows_hangs_or_runs(fault, text, sentence):
    before = time.perf_counter()
    assert fault(text).startswith(sentence)
    assert time.perf_counter() - before < 5


def test_whatever_is_typed_ends_in_a_form_or_a_sentence(read):
    draw = random.Random(1)
    bits = [
        ":",
        ": ",
        "- ",
        " ",
        "\t",
        '"',
        "'",
        "[",
        "]",
        "{",
        "}",
        "\n",
        "#",
        "*",
        "&",
        "!",
        "|",
        ">",
        "?",
        "%",
        "\x00",
    ]
    for _ in range(400):
        text = GOOD
        for _ in range(draw.randint(1, 4)):
            at = draw.randrange(len(text) + 1)
            text = text[:at] + draw.choice([*bits, ""]) + text[at + draw.randint(0, 2) :]
        sentence = told(read, text)
        assert sentence.startswith("flow.yaml")
        assert len(sentence) < 900  # up to three sentences
        assert "\n" not in sentence


def told(read, text):
    try:
        return f"flow.yaml is a form: {read(text).title[:20]}".replace("\n", " ")
    except Verdict as verdict:
        return verdict.sentence


# Several faults at once ------------------------------------------------------------------------------------------


def test_three_faults_are_told_at_once_each_with_its_line(fault):
    text = GOOD.replace("0.3", "many").replace("08:30", "noon").replace(": 7", ": few").replace("15", "long")
    one, two, three = fault(text).split(" Line ")
    assert one.startswith("flow.yaml, line 2: share is `many`")
    assert two.startswith("3: start is `noon`")
    assert three.startswith("4: alerts is `few`")
    assert three.endswith(" (and 1 more)")


def test_what_only_follows_from_a_fault_is_not_told(fault):
    told = fault("title: x\nsteps:\n  id: a\n  actor: ai\n  id: b\n  actor: ai\nshare: 2\n")
    assert "twice" not in told
    assert told.count("steps") == 1
    assert "Line 7: share is `2`" in told


# Choices in other letters ----------------------------------------------------------------------------------------


class Yes(Form):
    kind: Literal["yes"]
    level: Count


class No(Form):
    kind: Literal["no"]


class Chosen(Form):
    level: Literal["too low", "worst_case", "follow-up", "AI", "other"] = "AI"
    levels: list[Literal["day_shift", "night"]] = []
    share: Share | Literal["none"] = "none"
    any: Literal["a"] | Text = "a"
    counts: dict[Literal["day", "night"], Count] = {}
    inner: Annotated[Yes | No, Field(discriminator="kind")] | None = None
    next: Text | dict[Text, Text | None] = ""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Too low", "too low"),
        ("TOO_LOW", "too low"),
        ("worst case", "worst_case"),
        ("Followup", "follow-up"),
        ("ai", "AI"),
    ],
)
def test_a_choice_may_be_written_in_other_letters(read, written, meant):
    assert read(f"level: {written}\n", Chosen).level == meant


def test_choices_in_lists_keys_and_unions_may_be_written_in_other_letters(read, fault):
    form = read(
        "levels: [Day shift, NIGHT]\nshare: None\nany: A\ncounts: {Day: 2, night: 1}\ninner: {kind: YES, level: 1}\n",
        Chosen,
    )
    assert form.levels == ["day_shift", "night"]
    assert form.share == "none"
    assert form.any == "A"  # any text is taken as it is
    assert form.counts == {"day": 2, "night": 1}
    assert form.inner.kind == "yes"
    assert form.where("counts", "day") == "flow.yaml, line 4"
    assert "line 2: day is `x`" in fault("counts:\n  Day: x\n", Chosen)
    assert "the key Day is not known" in fault("counts: {Day: 1, day: 2}\n", Chosen)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("level: handover\n", "worst_case, follow-up, AI or other. If none of them fits, write other."),
        ("level: the AI sheet\n", "Did you mean AI?"),
        ("levels: [day shift, delay]\n", "item 2 of levels is `delay`; write one of: day_shift or night."),
        ("levels: (night, day_shift)\n", "Write `levels: [night, day_shift]`."),
        ("levels: night and day_shift\n", "Write `levels: [night, day_shift]`."),
        (
            "next: {help:doctor, fine:end}\n",
            "line 1: spaces are missing after the colons. Write `{help: doctor, fine: end}`.",
        ),
        (
            "next: {help:doctor, fine: end}\n",
            "a space is missing after the colon in `help:doctor`. Write `help: doctor`.",
        ),
        ("next: help: doctor, fine: end\n", "need braces around them. Write `next: {help: doctor, fine: end}`."),
        (
            "next: [doctor, end]\n",
            "next holds a list; write text or keys and values in braces, such as `next: {key: …}`.",
        ),
        ("next: {help: [a], fine: b}\n", "line 1: help in next holds a list; write text."),
        ("next: [doctor]\n", "Take the brackets away: `next: doctor`."),
        (
            "next: ''\n",
            "next is empty; write text or keys and values in braces, such as `next: {key: …}`.",
        ),
        ("level; AI\nnext: x\n", "line 1 (`level; AI`): a colon is expected behind the key. Write `level: AI`."),
        ("level: AI\n1 your ward\nnext: x\n", "if this line is a remark of the form, put its `#` back in front."),
        ("next: - a dash\n", "For text, leave it out: `next: a dash`; for a list of one item, write `next: [a dash]`."),
        (
            "next: “one: two three”\n",
            'curly quotes do not count as quotes. Type straight ones: `next: "one: two three"`.',
        ),
    ],
)
def test_what_a_nurse_stumbled_over(fault, text, sentence):
    assert sentence in fault(text, Chosen)


@pytest.mark.parametrize(
    ("key", "written", "remedy"),
    [
        ("within_min", "1 h", "Write 60 for 1 h."),
        ("within_min", "half an hour", "Write 30 for half an hour."),
        ("hours_a_week", "315 minutes", "Write 5.25 for 315 minutes."),
        ("hours_a_week", "3 h 30", "Write 3.5 for 3 h 30."),
        ("hours_a_week", "2 days", "Write how many hours in a week, as digits, such as 0.25."),
        ("times_a_week", "3 per shift", "Write how many times in a week, as digits, such as 0.25."),
        ("times_a_week", "2 a day", "Write how many times in a week, as digits, such as 0.25."),
        ("times_a_week", "twice a week", "Write 2 for twice a week."),
        ("times_a_week", "weekly", "Write 1 for weekly."),
        ("days", "one week", "Write 7 for one week."),
        ("days", "5 shifts", "Write how many days, as digits, such as 0.25."),
        ("limit", "15 min", "Write digits only, in the unit that is asked for, and leave the unit out."),
        ("ward_ppv", "41 percent", "Write 0.41 for 41 percent."),
        ("ward_ppv", "forty-one percent", "Write 0.41 for forty-one percent."),
        ("alerts", "three", "Write 3 for three."),
        ("alerts", "5k", "Write 5000 for 5k."),
        ("alerts", "7 patients", "Write the number without its unit or sign: 7."),
    ],
)
def test_a_number_is_offered_only_where_it_is_sure(key, written, remedy):
    assert number_remedy(written, key=key) == remedy


def test_no_word_is_offered_that_is_not_near():
    assert did_you_mean("death", ["annoyance", "delay"]) == ""


# TODO -------------------------------------------------------------------------------------------------------------


def test_a_todo_wins_over_every_fault_and_is_named(read):
    with pytest.raises(Waiting) as caught:
        read(swap("actor: ai", "actor: TODO").replace("alerts: 7", "alerts: many").replace("- triage", "- TODO (who?)"))
    assert caught.value.sentence == "flow.yaml still says TODO for steps 1 › actor (line 7) (and 1 more)"


def test_words_that_only_begin_alike_are_no_todo(read):
    assert read("text: TODOs are done\n", Words).text == "TODOs are done"


def test_others_lets_the_keys_of_other_checks_stand(read, fault):
    text = GOOD + "budget: TODO\nstaff: {a: 1}\n"
    assert read(text, others=True).title == "Sepsis alerts"
    assert "the key budget is not known" in fault(text)
    assert "the key zzz is not known inside item 2" in fault(GOOD + "    zzz: 1\n", others=True)


# What an author can say ------------------------------------------------------------------------------------------


class Span(Form):
    low: float
    high: float
    source: Text

    @model_validator(mode="after")
    def rise(self):
        if self.low > self.high:
            raise ValueError(f"low is {self.low:g} and high is {self.high:g}; write the smaller one as low.")
        return self


class Note(Form):
    kind: Literal["note"]
    why: Annotated[Text, Field(min_length=10, max_length=40)]


class Plan(Form):
    spans: dict[Text, Span] = {}
    owner: Text = "the ward manager"
    from_: Text = Field("home", alias="from")
    code: Annotated[str, Field(pattern=r"^S-\d+$"), Reads("an id such as S-12")] = "S-1"
    extra: Span | Note | None = None
    tags: Annotated[list[Text], Field(max_length=2)] = []
    pair: tuple[float, float] = (0.0, 1.0)
    ward: Annotated[str, Field(pattern="^[A-D]$")] = "A"
    shifts: dict[Literal["day", "night"], Count] = {}
    floors: dict[int, Text] = {}

    @field_validator("owner")
    @classmethod
    def person(cls, owner):
        if "team" in owner:
            raise ValueError("owner is a team; name one person.")
        return owner


SPANS = "spans:\n  ppv: {low: 0.1, high: 0.4, source: paper}\n  alerts:\n    low: 5\n    high: 9\n    source: log\n"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (SPANS.replace("high: 9", "high: 1"), "line 3: low is 5 and high is 1; write the smaller one as low."),
        (SPANS + "owner: the team\n", "line 7: owner is a team; name one person."),
        (SPANS.replace(", source: paper", ""), "line 2: ppv has no key source. Add `, source: …` (text)."),
        (
            SPANS.replace("{low: 0.1", "{low:0.1"),
            "line 2: a space is missing after the colon in `low:0.1`. Write `low: 0.1`.",
        ),
        (SPANS.replace("  alerts:", "  alerts"), "line 3 (`alerts`): a colon is missing."),
        (SPANS.replace("    low: 5", "    lo: 5"), "line 4: there is a key lo, but low is expected."),
        ("spans: [1]\n", "line 1: spans holds a list; keys and values are expected."),
        ("code: 12\n", "line 1: code is `12`; write an id such as S-12."),
        ("shifts: {dya: 3}\n", "line 1: the key dya is not known; write one of: day or night. Did you mean day?"),
        ("floors: {first: x}\n", "line 1: the key first cannot stand here; write a whole number as the key."),
        ("floors:\n  1: x\n  2:\n", "line 3: 2 is empty; write text behind the colon."),
        ("ward: E\n", "line 1: ward is `E`; write text of the form `^[A-D]$`."),
        ("pair: [1]\n", "line 1: pair has 1 item; write a list of 2 items."),
        ("pair: [1, x]\n", "line 1: item 2 of pair is `x`, which is not a number."),
        ("tags: [a, b, c]\n", "line 1: tags has 3 items; at most 2 are expected."),
        ("extra: {kind: note}\n", "line 1: extra has no key why. Add `, why: …` (text)."),
        ("extra: {low: 1, hig: 2, source: x}\n", "line 1: there is a key hig, but high is expected."),
        ("extra: {kind: note, why: short}\n", "line 1: why is `short`, which has 5 characters; write at least 10."),
        ("extra: {kind: note, why: " + "x" * 50 + "}\n", "which has 50 characters; write at most 40."),
    ],
)
def test_an_authors_rules_are_told_with_their_line(fault, text, sentence):
    assert sentence in fault(text, Plan)


def test_an_alias_stands_for_a_word_that_python_keeps(read):
    plan = read(SPANS + "from: there\n", Plan)
    assert plan.from_ == "there"
    assert plan.where("from") == plan.where("from_") == "flow.yaml, line 7"
    assert plan.spans["alerts"].where("high") == plan.where("spans", "alerts", "high") == "flow.yaml, line 5"


def test_a_choice_of_numbers_is_the_authors_error():
    with pytest.raises(TypeError, match="a choice is one of several words"):

        class Wrong(Form):
            level: Literal[1, 2]


def test_a_file_is_parsed_once(read, monkeypatch):
    read(GOOD)
    monkeypatch.setattr("wardround.grading.yaml_text._node_of", None)
    assert read(GOOD).title == "Sepsis alerts"


class Limit(Form):
    metric: Text
    at_least: Share


class Stage(Form):
    id: Text
    limit: Limit | None = None
    needs: list[Text]


class Stages(Form):
    stages: list[Stage]


def test_an_empty_list_before_the_next_item_of_an_outer_list_is_no_matter_of_indents(fault):
    assert fault("stages:\n  - id: a\n    needs:\n  - id: b\n    needs: [a]\n", Stages).endswith(
        "line 3: needs is empty; write a list, in lines that begin with `- `, such as `- …` on the next line. Write "
        "`needs: []` for none."
    )
    below = fault("stages:\n  - id: a\n    needs:\n  - b\n", Stages)
    assert "Indent the lines with `- ` below it further than needs." in below


def test_a_sentence_in_place_of_keys_is_told_all_keys(fault):
    assert fault("stages:\n  - id: a\n    limit: ppv at least 0.3\n    needs: []\n", Stages).endswith(
        "line 3: limit is `ppv at least 0.3`; keys and values are expected, such as `limit: {metric: …, at_least: …}`."
    )
