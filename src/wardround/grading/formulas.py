"""Formulas that a learner writes as text, such as `alerts_per_day * ppv * 365`, evaluated on any set of assumptions.

Python parses the text; any part that is not a number, a name, one of a few operators or functions is refused.
Nothing is run. Powers, size and depth are bounded, and all numbers are floats, so that no result can grow.
"""

import ast
import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from keyword import iskeyword

from wardround.grading.faults import WrongForm
from wardround.grading.yaml_faults import shown
from wardround.wording import did_you_mean, listed, nearest

LENGTH = 400  # characters of a formula
DEPTH = 60  # levels of parts inside parts; a row of operators is as deep as it is long
POWER = 100.0  # the largest exponent

_FUNCTIONS: dict[str, tuple[Callable[..., float], int, int]] = {  # name -> function, fewest and most arguments
    "abs": (abs, 1, 1),
    "max": (max, 2, 20),
    "min": (min, 2, 20),
    "round": (lambda value, places=0.0: float(round(value, round(places))), 1, 2),
}
_CELL = re.compile(r"[A-Za-z]{1,2}[1-9]\d{0,3}")  # of a spreadsheet, as in B2
_SPREADSHEET = {  # function of a spreadsheet -> what to write in its place
    "SUM": "Write + between the parts: a + b",
    "PRODUCT": "Write * between the parts: a * b",
    "POWER": "Write a power with **: a ** 2",
    "SQRT": "Write a root as a power: a ** 0.5",
    "AVERAGE": "Add the parts, and divide by how many they are: (a + b) / 2",
    "NPV": "Write one part for each year, with + between them, each divided by its own power",
    "PV": "Write one part for each year, with + between them, each divided by its own power",
    "IF": "A formula compares nothing; for a limit, write min(…, …) or max(…, …)",
    "IFERROR": "Write the formula alone",
}
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow)
_ALLOWED = "Write numbers, the names of your assumptions, + - * / ** and parentheses, and " + listed(
    [f"{name}(…)" for name in _FUNCTIONS], "or"
)


@dataclass(frozen=True)
class Formula:
    """A formula that has been read and found sound.

    Attributes:
        text: As the learner wrote it, in one line.
        where: Where it stands, such as "roi.yaml, line 12".
        names: The names in it.
    """

    text: str
    where: str
    names: frozenset[str]
    _tree: ast.expr = field(compare=False, repr=False)

    def value(self, assumptions: Mapping[str, float]) -> float:
        """Return the formula's value; raise WrongForm for a name that is not given, and where there is no number.

        Args:
            assumptions: Name -> number, for at least the formula's names.
        """
        self.expect_names(assumptions)
        value = _value(self._tree, {name: float(assumptions[name]) for name in self.names}, self)
        if not math.isfinite(value):
            raise WrongForm(f"{self._said}: the result is too large to be a number.{_given(self._tree, assumptions)}")
        return value

    def expect_names(self, known: Iterable[str]) -> None:
        """Raise WrongForm if the formula has a name that is none of the known ones."""
        names = list(known)
        for name in sorted(self.names.difference(names), key=self.text.find):
            if _CELL.fullmatch(name):
                raise WrongForm(
                    f"{self._said}: {name} is a cell of your spreadsheet, which is not read here. Write the name of "
                    f"what stands in it; the names are {_listed(names)}."
                )
            near = nearest(name, names)
            remedy = f" Did you mean {near}?" if near else f" The names are {_listed(names)}."
            raise WrongForm(f"{self._said}: the name {shown(name)} is not known.{remedy}")

    @property
    def _said(self) -> str:
        return f"{self.where}: `{shown(self.text, 80)}`"


@lru_cache(maxsize=512)
def read_formula(text: str, where: str = "the formula") -> Formula:
    """Read a formula; raise WrongForm, with what to write instead, for anything that is not arithmetic.

    Args:
        text: Such as "alerts_per_day * ppv * 365".
        where: Where it stands, for the sentences: "roi.yaml, line 12" (see `Form.where`).
    """
    line = " ".join(text.split())
    said = f"{where}: `{shown(line, 80)}`"
    if not line:
        raise WrongForm(f"{where}: the formula is empty. {_ALLOWED}.")
    if len(line) > LENGTH:
        raise WrongForm(f"{where}: the formula has {len(line)} characters; write at most {LENGTH}.")
    remedy = _before_parsing(line)
    if remedy:
        raise WrongForm(f"{said}: {remedy}")
    try:
        tree = ast.parse(line, mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise WrongForm(f"{said}: {_syntax(line, error)}") from None
    remedy = _refused(tree)
    if remedy:
        raise WrongForm(f"{said}: {remedy}")
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}
    return Formula(line, where, frozenset(names), tree)


def _listed(names: list[str]) -> str:
    return listed(names if len(names) <= 12 else [*names[:11], f"{len(names) - 11} more"])


# Reading ----------------------------------------------------------------------------------------------------------

_NAME = r"[^\W\d]\w*"
_NUMBER = r"(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_PART = re.compile(rf"\s*({_NUMBER}|{_NAME}|\*\*|//|[-+*/(),]|\S)")


def _before_parsing(line: str) -> str:
    """Return what to write instead of signs that Python reads as another thing; nothing if there are none."""
    if match := re.search(r"\$[A-Za-z]{1,2}\$?\d+|\b[A-Za-z]{1,2}\$\d+", line):
        return f"{match[0]} is a cell of your spreadsheet, which is not read here. Write the name of what stands in it."
    if match := re.search(r"(\d+(?:\.\d+)?)\s*%", line):
        return f"percent signs are not read. Write {float(match[1]) / 100:g} for {match[0]}."
    signs = {
        "%": "percent signs are not read. Write a share, such as 0.3 for 30 %.",
        "^": f"a power is written with **. Write `{_with(line, '^', '**')}`.",
        "×": f"multiply with *. Write `{_with(line, '×', '*')}`.",
        "·": f"multiply with *. Write `{_with(line, '·', '*')}`.",
        "÷": f"divide with /. Write `{_with(line, '÷', '/')}`.",
        "−": "this minus sign is a typographic one. Type `-` on your keyboard in its place.",
        "–": "this dash is no minus sign. Type `-` on your keyboard in its place.",
        "=": "write only what stands to the right of `=`: the key already names the result.",
        "#": "what stands behind # would be left out. Take it away; write the remark beside the formula.",
        "$": "write numbers without a currency sign.",
        "€": "write numbers without a currency sign.",
        "£": "write numbers without a currency sign.",
        '"': "quotes have no place inside a formula. Write names as they are.",
        "'": "quotes have no place inside a formula. Write names as they are.",
        "[": "square brackets are not read. Use parentheses: ( ).",
        "{": "braces are not read. Use parentheses: ( ).",
    }
    if re.search(r"[<>!=]=|[<>]", line):
        return "a formula gives a number and compares nothing. For a limit, write min(…, …) or max(…, …)."
    found = next((sign for sign in signs if sign in line), None)
    if found:
        return signs[found]
    parts = _PART.findall(line)
    return _commas(line, parts) or _neighbors(parts) or _parentheses(parts)


def _with(line: str, sign: str, operator: str) -> str:
    return shown(re.sub(rf"\s*{re.escape(sign)}\s*", f" {operator} ", line), 80)


def _commas(line: str, parts: list[str]) -> str:
    depth: list[bool] = []  # for each open parenthesis, whether it is a function's
    for before, part in zip(["", *parts], parts, strict=False):
        if part == "(":
            depth.append(_is_name(before))
        elif part == ")" and depth:
            depth.pop()
        elif part == "," and not (depth and depth[-1]):
            if match := re.search(r"(?<!\d)[1-9]\d{0,2}(,\d{3})+(?!\d)", line):
                decimal = match[0].replace(",", ".", 1)
                also = f", or {decimal} with a point if the comma is a decimal one" if match[0].count(",") == 1 else ""
                return f"a comma inside a number is not read. Write {match[0].replace(',', '')}{also}."
            if match := re.search(r"\d+,\d+", line):
                return f"write a point, not a comma, in a number: {match[0].replace(',', '.')}."
            return "a comma has no place here; it parts the numbers inside min(…, …) and max(…, …) only."
    return ""


def _neighbors(parts: list[str]) -> str:
    """Return what to do where two things stand side by side without an operator."""
    for before, part, after in zip(parts, parts[1:], [*parts[2:], ""], strict=False):
        name, left = _is_name(part), _is_value(before) or before == ")"
        if part in {"x", "X"} and left and (_is_value(after) or after == "("):
            return f"multiply with *, not with {part}. Write `{before} * {after}`."
        if left and (name or _is_value(part)):
            return _side_by_side(before, part, parts)
        if part == "(" and (before == ")" or re.fullmatch(_NUMBER, before)):
            return f"an operator is missing between `{before}` and `(`. Write * to multiply: `{before} * (`."
    return ""


def _side_by_side(before: str, part: str, parts: list[str]) -> str:
    word = next((word for word in (before, part) if iskeyword(word)), None)
    if word:
        return f"the word {word} is not read in a formula. {_ALLOWED}."
    if _is_name(before) and _is_name(part):
        start = end = parts.index(before)
        while end < len(parts) and _is_name(parts[end]):
            end += 1
        one = "_".join(parts[start:end])
        return (
            f"two names stand side by side; write * between them (`{before} * {part}`), or _ if they are one name "
            f"(`{shown(one)}`)."
        )
    if _is_name(before) or _is_name(part) or before == ")":
        return f"an operator is missing between `{before}` and `{part}`. Write * to multiply: `{before} * {part}`."
    return f"two numbers stand side by side: `{before} {part}`. Write * between them, or `{before}{part}`."


def _parentheses(parts: list[str]) -> str:
    depth = 0
    for part in parts:
        depth += (part == "(") - (part == ")")
        if depth < 0:
            return "a `)` has no `(` before it. Take it away, or open it."
    if depth:
        return f"{'a' if depth == 1 else depth} `(` {'is' if depth == 1 else 'are'} opened and never closed. Add `)`."
    return ""


def _is_name(token: str) -> bool:
    return re.fullmatch(_NAME, token) is not None


def _is_value(token: str) -> bool:
    return _is_name(token) or re.fullmatch(_NUMBER, token) is not None


def _syntax(line: str, error: BaseException) -> str:
    if not isinstance(error, SyntaxError):
        return f"this cannot be read. {_ALLOWED}."
    if re.search(r"[-+*/(]$", line):
        return f"a number or name is missing behind `{line[-1]}`."
    if match := re.match(r"[*/]|\)", line):
        return f"a number or name is missing before `{match[0]}`."
    if match := re.search(r"([-+*/])\s*([*/])", line):
        return f"two operators stand side by side (`{match[0]}`). Keep one."
    if "leading zeros" in str(error):
        return "a number begins with a 0 too many, such as 05. Write 5 or 0.5."
    for word in re.findall(_NAME, line):
        if iskeyword(word):
            return f"the word {word} is not read in a formula. {_ALLOWED}."
    return f"this cannot be read. {_ALLOWED}."


def _refused(tree: ast.expr) -> str:
    """Return why a parsed formula is refused; nothing if all of it is arithmetic."""
    level: list[ast.AST] = [tree]
    for _ in range(DEPTH):
        for node in level:
            if remedy := _node_refused(node):
                return remedy
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return ""
    return "it is nested too deeply, or has too many operators in a row. Part it into several formulas."


def _node_refused(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float) and not isinstance(node.value, bool):
            return "" if _fits(node.value) else "a number in it is too large."
        return f"{shown(node.value)} is no number. {_ALLOWED}."
    if isinstance(node, ast.BinOp):
        if isinstance(node.op, _OPERATORS):
            return ""
        return "`//` is not read. Divide with /." if isinstance(node.op, ast.FloorDiv) else f"{_ALLOWED}."
    if isinstance(node, ast.UnaryOp):
        return "" if isinstance(node.op, ast.USub | ast.UAdd) else f"{_ALLOWED}."
    if isinstance(node, ast.Call):
        return _call_refused(node)
    if isinstance(node, ast.Attribute):
        return f"a point inside a name is not read (`.{shown(node.attr)}`). Use the assumption's whole name, with _."
    if isinstance(node, ast.Name | ast.operator | ast.unaryop | ast.expr_context):
        return ""
    return f"a part of it is no arithmetic. {_ALLOWED}."


def _call_refused(node: ast.Call) -> str:
    if not isinstance(node.func, ast.Name):
        return "an operator is missing before a `(`. Write * to multiply."
    name = node.func.id
    if name not in _FUNCTIONS and name.upper() in _SPREADSHEET:
        return f"the function {name} of a spreadsheet is not read. {_SPREADSHEET[name.upper()]}."
    if name not in _FUNCTIONS:
        near = did_you_mean(name, _FUNCTIONS)
        return (
            f"there is no function {shown(name)}. The functions are {listed(_FUNCTIONS)}; to multiply, write "
            f"`{shown(name)} * (…)`.{near}"
        )
    _, fewest, most = _FUNCTIONS[name]
    if node.keywords or not fewest <= len(node.args) <= most:
        wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
        many = "s, parted by commas" if most > 1 else ""
        return f"{name}(…) takes {wanted} number{many}; here it has {len(node.args)}."
    return ""


def _fits(number: float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


# Evaluating -------------------------------------------------------------------------------------------------------


def _value(node: ast.expr, names: Mapping[str, float], formula: Formula) -> float:
    if isinstance(node, ast.Constant):
        return float(node.value)  # type: ignore[arg-type]  # only numbers were let through
    if isinstance(node, ast.Name):
        return names[node.id]
    if isinstance(node, ast.UnaryOp):
        value = _value(node.operand, names, formula)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        function, _, _ = _FUNCTIONS[node.func.id]
        values = [_value(argument, names, formula) for argument in node.args]
        try:
            return float(function(*values))
        except (ValueError, OverflowError):
            raise WrongForm(f"{formula._said}: {node.func.id}(…) gives no number.{_given(node, names)}") from None
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left, names, formula), _value(node.right, names, formula)
        return _operated(node, left, right, names, formula)
    raise TypeError(f"{type(node).__name__} was let through")  # _refused lets no other node pass


def _operated(node: ast.BinOp, left: float, right: float, names: Mapping[str, float], formula: Formula) -> float:
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    if isinstance(node.op, ast.Div):
        if right == 0:
            part = shown(ast.unparse(node.right))
            raise WrongForm(
                f"{formula._said}: it divides by `{part}`, which is 0{_given(node.right, names, 'when')} Say what the "
                f"result is then, for example with max({part}, 1)."
            )
        return left / right
    if abs(right) > POWER:
        raise WrongForm(f"{formula._said}: the power is {right:g}; at most {POWER:g} is read.")
    try:
        value: float | complex = left**right
    except OverflowError:
        return math.inf
    except ZeroDivisionError:
        raise WrongForm(f"{formula._said}: 0 has no negative power.{_given(node, names)}") from None
    if isinstance(value, complex):
        raise WrongForm(f"{formula._said}: a negative number has no such power.{_given(node, names)}")
    return value


def _given(node: ast.expr, names: Mapping[str, float], word: str = "") -> str:
    """Say with which assumptions this happened."""
    found = [part for part in ast.walk(node) if isinstance(part, ast.Name) and part.id in names]
    used = dict.fromkeys(part.id for part in sorted(found, key=lambda part: part.col_offset))
    said = listed([f"{name} is {names[name]:g}" for name in used]) if used else ""
    if word:
        return f" {word} {said}." if said else "."
    return f" Here {said}." if said else ""
