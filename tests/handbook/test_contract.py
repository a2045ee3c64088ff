"""The page contract: each rule catches its fault, and a whole page passes."""

import pytest

from wardround.handbook import contract

GOOD = """---
description: A page that keeps the whole contract.
updated: 2026-11-22
---

# A landing

A lead that a busy person can stop after. It has two sentences.

Close by: [a neighbour](other.md).

## You will be able to

- read a score
- name who acts

## What it is about

{words}

:::{{table}} What is counted
| a | b |
|---|---|
| 1 | 2 |
:::

## Check yourself

```{{quiz}}
- question: One?
  answers:
    - {{text: yes it is, why: because, correct: true}}
    - {{text: no it is not, why: because not}}
- question: Two?
  answers:
    - {{text: yes it is, why: because, correct: true}}
    - {{text: no it is not, why: because not}}
```

## Take away

- One line.

**Next**: [a neighbour](other.md) · [another](../index.md)
"""
PAGE = GOOD.format(words="A plain word or two. " * 60)
ROOT = """---
description: The front page of a test.
updated: 2026-11-22
---

# Front

[On](guide/index.md)

```{toctree}
:hidden:

guide/index
```
"""
OTHER = "---\ndescription: A page outside the guide.\nupdated: 2026-11-22\norphan: true\n---\n\n# Other\n\nText.\n"

FAULTS = {
    "no description": ("description: A page that keeps the whole contract.\n", "", "Add `description"),
    "no date": ("updated: 2026-11-22", "updated: soon", "Add `updated"),
    "two titles": ("## What it is about", "# Second title", "exactly one"),
    "long lead": ("It has two sentences.", "Two. Three. Four. Five.", "more than 3 sentences"),
    "no lead": (
        "A lead that a busy person can stop after. It has two sentences.",
        "- a list",
        "busy person|Begin with a lead",
    ),
    "late link": ("Close by: [a neighbour](other.md).", "many words " * 100, "first screen"),
    "no outcomes": ("## You will be able to", "## Something else", "two to four outcomes"),
    "one outcome": ("- name who acts\n", "", "two to four outcomes"),
    "no questions": ("## Check yourself", "## Quiz", "Check yourself"),
    "no take-away": ("## Take away", "## The end", "Take away"),
    "no next": ("**Next**", "Next", "End with"),
    "one way on": (" · [another](../index.md)", "", "has 1 links"),
    "too short": ("A plain word or two. " * 60, "Few words.", "helps nobody decide"),
    "too long": ("A plain word or two. " * 60, "A plain word or two. " * 400, "cut it to 1500"),
    "no caption": (":::{table} What is counted\n", ":::{div}\n", "Give this table a caption"),
    "no alternative": ("A plain word or two.", "![](../pixel.png)", "Give this picture"),
}
PIXEL = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82"
)


def build(handbook, page, tmp_path):
    (tmp_path / "docs").mkdir(exist_ok=True)
    (tmp_path / "docs/pixel.png").write_bytes(PIXEL)
    return handbook({"index.md": ROOT, "guide/index.md": page, "guide/other.md": OTHER.replace("# Other", "# Other")})


def of_the_page(warnings):
    return [line for line in warnings.splitlines() if "guide/index" in line or line.startswith("guide/index")]


def test_a_page_that_keeps_the_contract_has_no_warning_and_its_lead_is_marked(handbook, tmp_path):
    built = build(handbook, PAGE, tmp_path)
    assert of_the_page(built.warnings) == []
    assert '<p class="lead">A lead that' in built.html("guide/index")


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_said(handbook, tmp_path, fault):
    old, new, says = FAULTS[fault]
    assert old in PAGE
    warnings = of_the_page(build(handbook, PAGE.replace(old, new), tmp_path).warnings)
    assert any(any(part in line for part in says.split("|")) for line in warnings), warnings


def test_pages_outside_guide_and_pathways_may_be_short(handbook, tmp_path):
    warnings = handbook(
        {"index.md": ROOT.partition("\n```")[0].replace("guide/index.md", "https://example.org")}
    ).warnings
    assert warnings == ""


def test_every_rule_is_printed_for_contributors(handbook):
    html = handbook(
        {"index.md": ROOT.partition("\n```")[0].replace("[On](guide/index.md)", "Text.\n\n```{page-contract}\n```")}
    ).html()
    assert html.count("<li><p>") == len(contract.RULES)
