"""Documents: every fault names file, line and remedy; nothing in a document can grow or run."""

import re

import pytest

from wardround.grading.documents import read_choice, read_document, read_prose
from wardround.grading.faults import NotYet, Waiting

FIELDS = {"threshold": float, "alerts": int, "who": str}
GOOD = "threshold: 0.2\nalerts: 7\nwho: The discharge nurse.\n"


@pytest.fixture
def note(tmp_path):
    def write(content):
        path = tmp_path / "note.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize("text", [GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "---\n" + GOOD])
def test_a_whole_document_is_a_dict_that_knows_its_lines(note, text):
    document = read_document(note(text), FIELDS)
    assert document == {"threshold": 0.2, "alerts": 7, "who": "The discharge nurse."}
    assert document.where("alerts").startswith("note.yaml, line ")


@pytest.mark.parametrize(("text", "value"), [("1e-3", 0.001), (".5", 0.5), ("3", 3.0), ("'0.2'", 0.2)])
def test_numbers_as_people_write_them(note, text, value):
    assert read_document(note(f"threshold: {text}"), {"threshold": float})["threshold"] == value


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GOOD.replace("0.2", "20 %"), ["note.yaml, line 1", "`20 %`, which is not a number", "Write 0.2 for 20 %"]),
        (GOOD.replace("0.2", "0,2"), ["line 1", "Write a point, not a comma: 0.2"]),
        (GOOD.replace("0.2", "about a fifth"), ["not a number", "digits only"]),
        (GOOD.replace("0.2", "yes"), ["`True`, which is not a number"]),
        (GOOD.replace("0.2", ".nan"), ["finite"]),
        (GOOD.replace("0.2", "[1]"), ["not a number"]),
        (GOOD.replace("0.2", ""), ["`None`, which is not a number"]),
        (GOOD.replace("7", "7.5"), ["line 2", "whole number"]),
        (GOOD.replace("The discharge nurse.", ""), ["line 3: who is empty; write a sentence of text"]),
        (GOOD.replace("The discharge nurse.", "42"), ["line 3: who is `42`", "Put quotes around it"]),
        (GOOD.replace("threshold", "treshold"), ["line 1: there is a key treshold, but threshold is expected. Rename"]),
        (GOOD.replace("alerts: 7\n", ""), ["note.yaml has no key alerts. Add a line `alerts: …` (a whole number)"]),
        (
            GOOD + "alert: 3\n",
            ["line 4: the key alert is not known. Did you mean alerts? It is there as well: keep one."],
        ),
        (GOOD + "zzz: x\n", ["line 4: the key zzz is not known. Remove it."]),
        (GOOD + "who: Again.\n", ["the key who stands twice (lines 3 and 4). Keep one."]),
        ("threshold 0.2\nalerts: 7\n", ["note.yaml, line 1 (`threshold 0.2`)", "colon"]),
        ("threshold: 0.2\n\talerts: 7\n", ["line 2 (`alerts: 7`)", "begins with a tab. Use spaces"]),
        ("threshold:\n\t- 1\n", ["line 2", "begins with a tab"]),
        ("threshold: 0.2\nalerts:\t7\n", ["line 2", "a tab stands in this line. Use a space"]),
        ("threshold: who: me\n", ["line 1", "colon too many", "quotes"]),
        ('who: "open\n', ["a quote is opened and never closed"]),
        ("threshold: 0.2\n  alerts: 7\n", ["line 2", "indent"]),
        ("who: !!python/object/apply:os.system ['echo']\n", ["line 1", "begins with `!`"]),
        ("who: !odd x\n", ["begins with `!`"]),
        ("- 1\n- 2\n", ["holds a list at its top; expected lines of `key: value`"]),
        ("just words", ["holds plain text at its top"]),
        ("", ["note.yaml is empty"]),
        ("# only a comment\n", ["note.yaml is empty"]),
        ("threshold: &a 1\nalerts: *a\n", ["line 1", "anchors and aliases", "Write the value out"]),
        ("a: &a [x,x]\nb: &b [*a,*a]\n", ["anchors and aliases"]),
        ("who: " + "[" * 5000 + "]" * 5000, ["nested too deeply"]),
        ("who: 2024-99-99\n", ["cannot be read"]),
        ("? [a]\n: 1\n", ["note.yaml"]),
        ("who: a\x00b", ["note.yaml"]),
        (b"who: caf\xe9\n", ["note.yaml, line 1 is not UTF-8 text", "Save the file as UTF-8"]),
        (b"\xff\xfet\x00", ["not UTF-8"]),
        (rb"{\rtf1\ansi who: me}", ["note.yaml was saved with formatting (as RTF)", "Format > Make Plain Text"]),
        (b"PK\x03\x04\x14\x00", ["as a document of a word processor, and not as plain text"]),
        ("who: " + "x" * 200_001, ["note.yaml is 200 KB large; at most 200 KB are read. Shorten it."]),
    ],
)
def test_each_fault_is_one_sentence_with_place_and_remedy(note, text, words):
    with pytest.raises(NotYet) as caught:
        read_document(note(text), FIELDS)
    for word in words:
        assert word in caught.value.sentence, caught.value.sentence
    assert caught.value.hint == ""  # the sentence is enough; the check's hint is about the matter
    assert "\n" not in caught.value.sentence


def test_wrong_values_are_told_at_once_in_the_order_of_the_file(note):
    with pytest.raises(NotYet) as caught:
        read_document(note("who: [me]\nalerts: few\nthreshold: low\n"), FIELDS)
    one, two, three = caught.value.sentence.split(" Line ")
    assert one.startswith("note.yaml, line 1: who is")
    assert two.startswith("2: alerts is `few`")
    assert three.startswith("3: threshold is `low`")


@pytest.mark.parametrize(
    ("text", "said"), [("me", "one item, write `who: [me]`"), ("me, you", "several items, write `who: [me, you]`")]
)
def test_text_for_a_list_is_told_its_brackets(note, text, said):
    with pytest.raises(NotYet, match=re.escape(said)):
        read_document(note(f"who: {text}"), {"who": list})


def test_a_todo_is_waiting_and_names_its_keys(note):
    text = "threshold: 0.2\nalerts: TODO\nwho: TODO (one sentence)\n"
    with pytest.raises(Waiting, match=r"note.yaml still says TODO for alerts and who \(line 2\)"):
        read_document(note(text), FIELDS)
    assert read_document(note(text), {"threshold": float}, others=True)["threshold"] == 0.2


def test_a_number_that_is_refused_is_not_waiting(note):
    with pytest.raises(NotYet):
        read_document(note("threshold: TODOS are done\n"), {"threshold": float})


def test_a_choice_may_be_written_in_other_letters(note):
    assert read_choice(note("choice: Real World\n"), ["qsar", "real-world"]) == "real-world"


def test_markdown_comes_by_its_headings(tmp_path):
    path = tmp_path / "story.md"
    path.write_text(
        "---\ntitle: A story\n---\n# Top\n\n## The problem\nText.\n\n```\n# no heading\n```\n", encoding="utf-8"
    )
    prose = read_prose(path)
    assert prose.front == {"title": "A story"}
    assert list(prose.sections) == ["Top", "The problem"]
    assert prose.sections["The problem"] == "Text."


def test_markdown_with_a_todo_is_waiting(tmp_path):
    path = tmp_path / "story.md"
    path.write_text("# Top\n\nTODO: write it\n", encoding="utf-8")
    with pytest.raises(Waiting, match="still says TODO"):
        read_prose(path)
