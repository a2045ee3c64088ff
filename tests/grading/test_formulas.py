"""Formulas: a learner's arithmetic, evaluated on any assumptions; nothing else gets through."""

import random
import time

import pytest

from wardround.grading import read_formula
from wardround.grading.faults import Verdict, WrongForm

GIVEN = {"alerts": 10.0, "ppv": 0.5, "cost": 0.0, "days": 365.0, "huge": 1e300}
WHERE = "roi.yaml, line 12"
ALLOWED = (
    "Write numbers, the names of your assumptions, + - * / ** and parentheses, and abs(…), max(…), min(…) or round(…)."
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("alerts * ppv * days", 1825.0),
        ("-(alerts + 2)**2 / 4", -36.0),
        ("alerts - 2 - 3", 5.0),
        ("2 ** 3 ** 2", 512.0),
        ("max(0, alerts - 20)", 0.0),
        ("round(alerts / 3, 1)", 3.3),
        ("round(alerts / 3)", 3.0),
        ("min(alerts, ppv, 1) + abs(-3)", 3.5),
        ("1e3 * alerts + .5", 10_000.5),
        ("alerts ** -1", 0.1),
        ("alerts\n  * ppv", 5.0),
        ("+".join(["alerts"] * 40), 400.0),
    ],
)
def test_arithmetic_as_people_write_it(text, value):
    result = read_formula(text, WHERE).value(GIVEN)
    assert result == value
    assert type(result) is float


def test_a_formula_knows_its_names_and_takes_any_assumptions():
    formula = read_formula("max(alerts * ppv, 0)", WHERE)
    assert formula.names == {"alerts", "ppv"}
    assert [formula.value({"alerts": n, "ppv": 0.1}) for n in (10, 20)] == [1.0, 2.0]
    assert (formula.text, formula.where) == ("max(alerts * ppv, 0)", WHERE)
    assert read_formula("max(alerts * ppv, 0)", WHERE) is formula  # read once


def wrong(text, given=GIVEN):
    with pytest.raises(WrongForm) as caught:
        read_formula(text, WHERE).value(given)
    sentence = caught.value.sentence
    assert sentence.startswith("roi.yaml, line 12: ")
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        # What people write
        (
            "ppv * alerts pr day",
            "two names stand side by side; write * between them (`alerts * pr`), or _ if they are one name "
            "(`alerts_pr_day`).",
        ),
        ("2 alerts", "an operator is missing between `2` and `alerts`. Write * to multiply: `2 * alerts`."),
        ("2(alerts)", "an operator is missing between `2` and `(`. Write * to multiply: `2 * (`."),
        ("(alerts)(ppv)", "an operator is missing between `)` and `(`. Write * to multiply: `) * (`."),
        ("5 000 * ppv", "two numbers stand side by side: `5 000`. Write * between them, or `5000`."),
        ("alerts x ppv", "multiply with *, not with x. Write `alerts * ppv`."),
        ("2 x (alerts)", "multiply with *, not with x. Write `2 * (`."),
        ("alerts × ppv", "multiply with *. Write `alerts * ppv`."),
        ("alerts ÷ 2", "divide with /. Write `alerts / 2`."),
        ("alerts^2", "a power is written with **. Write `alerts ** 2`."),
        ("alerts // 2", "`//` is not read. Divide with /."),
        ("30 % * alerts", "percent signs are not read. Write 0.3 for 30 %."),
        ("alerts% * 2", "percent signs are not read. Write a share, such as 0.3 for 30 %."),
        ("0,5 * alerts", "write a point, not a comma, in a number: 0.5."),
        ("0,125 * alerts", "write a point, not a comma, in a number: 0.125."),
        (
            "1,200 * ppv",
            "a comma inside a number is not read. Write 1200, or 1.200 with a point if the comma is a decimal one.",
        ),
        ("1,200,000 * ppv", "a comma inside a number is not read. Write 1200000."),
        ("benefit = alerts * 2", "write only what stands to the right of `=`: the key already names the result."),
        ("alerts > 3", "a formula gives a number and compares nothing. For a limit, write min(…, …) or max(…, …)."),
        ("$5 * alerts", "write numbers without a currency sign."),
        ("alerts − 2", "this minus sign is a typographic one. Type `-` on your keyboard in its place."),
        ("alerts # all", "what stands behind # would be left out. Take it away; write the remark beside the formula."),
        ("[alerts]", "square brackets are not read. Use parentheses: ( )."),
        # What is missing
        ("alerts *", "a number or name is missing behind `*`."),
        ("* alerts", "a number or name is missing before `*`."),
        ("alerts * / 2", "two operators stand side by side (`* /`). Keep one."),
        ("alerts * (ppv", "a `(` is opened and never closed. Add `)`."),
        ("alerts * ppv)", "a `)` has no `(` before it. Take it away, or open it."),
        ("05 * alerts", "a number begins with a 0 too many, such as 05. Write 5 or 0.5."),
        # Names and functions
        ("alert * ppv", "the name alert is not known. Did you mean alerts?"),
        ("zzz * 2", "the name zzz is not known. The names are alerts, ppv, cost, days and huge."),
        ("max * 2", "the name max is not known."),
        ("B2 * ppv", "B2 is a cell of your spreadsheet, which is not read here. Write the name of what stands in it; "),
        ("$B$2 * ppv", "$B$2 is a cell of your spreadsheet, which is not read here. Write the name of what stands"),
        ("SUM(alerts, ppv)", "the function SUM of a spreadsheet is not read. Write + between the parts: a + b."),
        ("NPV(ppv, cost, cost) - 1", "NPV of a spreadsheet is not read. Write one part for each year, with + between"),
        (
            "total(alerts, ppv)",
            "there is no function total. The functions are abs, max, min and round; to multiply, write ",
        ),
        ("roun(alerts)", "Did you mean round?"),
        ("alerts(ppv)", "to multiply, write `alerts * (…)`."),
        ("max(alerts)", "max(…) takes 2 to 20 numbers, parted by commas; here it has 1."),
        ("abs(alerts, 2)", "abs(…) takes 1 number; here it has 2."),
        # Values
        (
            "alerts / cost",
            "it divides by `cost`, which is 0 when cost is 0. Say what the result is then, for example with "
            "max(cost, 1).",
        ),
        ("alerts / (ppv - 0.5)", "it divides by `ppv - 0.5`, which is 0 when ppv is 0.5."),
        ("1 / 0", "it divides by `0`, which is 0."),
        ("cost ** -1", "0 has no negative power. Here cost is 0."),
        ("huge * huge", "the result is too large to be a number. Here huge is 1e+300."),
        ("huge ** 2", "the result is too large to be a number."),
        ("(0 - alerts) ** ppv", "a negative number has no such power. Here alerts is 10 and ppv is 0.5."),
        ("9 ** 9 ** 9", "the power is 3.8742e+08; at most 100 is read."),
        ("1e999", "a number in it is too large."),
        # What is no arithmetic
        ("", f"the formula is empty. {ALLOWED}"),
        ("alerts if ppv else 2", f"the word if is not read in a formula. {ALLOWED}"),
        ("alerts and ppv", "the word and is not read in a formula."),
        ("True", f"True is no number. {ALLOWED}"),
        ("alerts.real", "a point inside a name is not read (`.real`). Use the assumption's whole name, with _."),
        ("__import__('os')", "quotes have no place inside a formula. Write names as they are."),
        ("exit()", "there is no function exit."),
        ("().__class__", "a point inside a name is not read (`.__class__`)."),
        ("lambda: 1", ALLOWED),
        ("alerts @ ppv", ALLOWED),
        ("~alerts", ALLOWED),
        ("(alerts; ppv)", ALLOWED),
        ("max(*alerts)", "max(…) takes 2 to 20 numbers"),
    ],
)
def test_each_fault_is_one_sentence_with_its_remedy(text, sentence):
    assert sentence in wrong(text)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("(" * 300 + "1" + ")" * 300, "the formula has 601 characters; write at most 400."),
        ("1" * 1_000_000, "the formula has 1000000 characters"),
        ("-" * 300 + "1", "it is nested too deeply, or has too many operators in a row."),
        ("1" + "+1" * 150, "it is nested too deeply, or has too many operators in a row."),
        ("(" * 150 + "1" + ")" * 150, ""),
        ("-(" * 65 + "1" + ")" * 65, "it is nested too deeply"),
        ("99 ** 99 ** 1 * 99 ** 99", "the result is too large"),
        ("alerts\x00", ALLOWED),
    ],
)
def test_nothing_grows_or_hangs(text, sentence):
    before = time.perf_counter()
    try:
        read_formula(text, WHERE).value(GIVEN)
    except Verdict as verdict:
        told = verdict.sentence
    else:
        told = ""
    assert sentence in told
    assert len(told) < 500
    assert time.perf_counter() - before < 1


def test_whatever_is_typed_ends_in_a_number_or_a_sentence():
    draw = random.Random(1)
    bits = [
        "alerts",
        "ppv",
        "cost",
        "2",
        "0.5",
        ",",
        "(",
        ")",
        "+",
        "-",
        "*",
        "/",
        "**",
        " ",
        "max",
        "x",
        "%",
        ".",
        "'",
        "if",
    ]
    for _ in range(3000):
        text = "".join(draw.choice(bits) for _ in range(draw.randint(1, 12)))
        try:
            assert isinstance(read_formula(text, WHERE).value(GIVEN), float)
        except WrongForm as fault:
            sentence = fault.sentence
        else:
            continue
        assert sentence.startswith("roi.yaml, line 12: ")
