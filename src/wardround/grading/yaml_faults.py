"""What is wrong with a line that YAML cannot read, in plain words, and how it is written.

The parser's own words ("expected <block end>, but found '<scalar>'") name what it met; a beginner needs what to type.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from wardround.wording import counted

_KEY = r"(?:-\s+)*[\"']?[\w][\w .()/-]*?[\"']?"  # a key, with the `- ` of its list item
_CURLY = "“”„‟‘’‚‛«»"
SENTENCE = 4  # words from which a line without a colon may be text that goes on, not a key
ROW = 500  # characters of a line that are looked at: an expression that backtracks would take long on a long one


class _Fault(NamedTuple):
    row: int  # counted from 0
    sentence: str


def shown(value: object, limit: int = 40) -> str:
    """Return a value as one short line."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[:limit] + "…"


def quoted(text: str) -> str:
    """Return a text in the quotes that YAML needs around it."""
    text = text.strip()
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def syntax_fault(error: yaml.YAMLError, rows: Sequence[str], name: str, first_line: int) -> str:
    """Return one sentence for what PyYAML found: file, line, the line itself, what is wrong, what to do."""
    mark: Any = getattr(error, "problem_mark", None)
    if mark is None:
        return _no_text(error, rows, name, first_line)
    rows = [row[:ROW] for row in rows]
    last = len(rows) - 1
    context: Any = getattr(error, "context_mark", None)
    fault = _fault(
        str(getattr(error, "problem", "") or ""),
        str(getattr(error, "context", "") or ""),
        rows,
        min(int(mark.line), last),
        min(int(context.line), last) if context is not None else None,
    )
    return f"{name}, line {fault.row + 1 + first_line} (`{shown(rows[fault.row])}`): {fault.sentence}"


def _no_text(error: yaml.YAMLError, rows: Sequence[str], name: str, first_line: int) -> str:
    for number, row in enumerate(rows, start=1 + first_line):
        for character in row:
            if not character.isprintable() and character != "\t" and ord(character) < 0xA0:
                return (
                    f"{name}, line {number} holds a character that is no text (number {ord(character)}). "
                    "Delete it, and save the file as UTF-8 text in your editor."
                )
    return f"{name} cannot be read as YAML: {shown(getattr(error, 'reason', error), 200)}. Save it as UTF-8 text."


def _fault(problem: str, context: str, rows: Sequence[str], number: int, begun: int | None) -> _Fault:
    opened = number if begun is None else begun
    fault = _tab(problem, rows, number, opened)
    if fault is None and "quoted scalar" in context:
        fault = _quote(problem, rows, number, opened)
    above = _above(rows, number)
    for candidate in (number, opened if above is None else above, opened):
        fault = fault or _missing_space(rows, candidate)
    fault = fault or _first_sign(problem, context, rows[number], number)
    if fault:
        return fault
    if "mapping values are not allowed" in problem:
        return _colon_too_many(rows, number)
    if "could not find expected ':'" in problem:
        return _no_colon(rows, opened)
    if "<document start>" in problem:
        return _top(rows, number)
    if "flow" in context:
        return _bracket(rows, opened)
    if "expected <block end>" in problem:
        return _block_end(problem, rows, number)
    return _Fault(number, "this line cannot be read. Compare it with the brief's example: `key: value`.")


def _tab(problem: str, rows: Sequence[str], number: int, opened: int) -> _Fault | None:
    for candidate in (number, opened):
        if "\t" in _indent(rows[candidate]):
            return _Fault(candidate, "the line begins with a tab. Use spaces to indent.")
    return _Fault(number, "a tab stands in this line. Use a space instead.") if "'\\t'" in problem else None


def _quote(problem: str, rows: Sequence[str], number: int, opened: int) -> _Fault:
    if "escape" in problem:
        return _Fault(number, "a `\\` inside \"…\" has a meaning of its own. Use single quotes: '…'.")
    return _Fault(opened, f"a quote is opened and never closed. Close it{_closed(rows[opened])}.")


def _first_sign(problem: str, context: str, row: str, number: int) -> _Fault | None:
    """Tell of a value whose first sign has a meaning in YAML."""
    if "another document" in problem:
        return _Fault(number, "a line of `---` begins a second document. Remove it.")
    if "sequence entries are not allowed" in problem:
        key, _, items = row.strip().partition(":")
        item = shown(items.strip().removeprefix("-").strip())
        return _Fault(
            number,
            "a `-` behind a key begins a list, which stands on the lines below its key. For text, leave it out: "
            f"`{key}: {item}`; for a list of one item, write `{key}: [{item}]`.",
        )
    if match := re.search(r"character '(.)' that cannot start any token", problem):
        return _Fault(number, f"text that begins with `{match[1]}` needs quotes: {_value_quoted(row)}")
    if "indentation indicators" in problem or "block scalar" in context:
        return _Fault(number, f"text that begins with `>` or `|` needs quotes: {_value_quoted(row)}")
    if "an alias" in context or "an anchor" in context:
        return _Fault(number, f"text that begins with `*` or `&` needs quotes: {_value_quoted(row)}")
    return None


def _indent(row: str) -> str:
    return row[: len(row) - len(row.lstrip())]


def _column(row: str) -> int:
    """Return where a line's key begins, behind its `- `."""
    match = re.match(r"[\s-]*", row)
    return match.end() if match else 0


def _above(rows: Sequence[str], number: int) -> int | None:
    above = range(number - 1, -1, -1)
    return next((n for n in above if rows[n].strip() and not rows[n].lstrip().startswith("#")), None)


def _closed(row: str) -> str:
    match = re.match(rf"\s*({_KEY}:\s+|(?:-\s+)+)([\"'])(.*)$", row)
    if not match or not match[3].strip() or match[2] in match[3]:
        return ""
    return f": `{match[1].strip()} {match[2]}{shown(match[3])}{match[2]}`"


def _missing_space(rows: Sequence[str], number: int) -> _Fault | None:
    row = rows[number].strip()
    match = re.match(rf"({_KEY}):([^\s:/].*)$", row)
    if match and ": " not in row and not re.fullmatch(r"(?:-\s+)*\d+", match[1]):
        return _Fault(number, f"a space is missing after the colon. Write `{match[1]}: {shown(match[2])}`.")
    match = re.match(r"-([^\s-].*)$", row)
    if match and not re.match(r"[\d.]+$", match[1]):
        return _Fault(number, f"a space is missing after the `-`. Write `- {shown(match[1])}`.")
    if match := re.match(rf"({_KEY})\s*[：∶]\s*(.*)$", row):
        return _Fault(number, f"the colon is not a plain one. Write `{match[1]}: {shown(match[2])}`.")
    if "\u00a0" in row:
        return _Fault(number, "a special (non-breaking) space stands in this line. Type an ordinary one in its place.")
    return None


def _no_colon(rows: Sequence[str], number: int) -> _Fault:
    above = _above(rows, number)
    if above is not None and re.search(r"[\w\"']:\s*$", rows[above]) and not rows[number].lstrip().startswith("- "):
        start = rows[above].strip().removeprefix("-").strip()
        return _Fault(
            number,
            f"a colon is missing, or this line belongs to the one above. Then write it there: "
            f"`{shown(start)} {shown(rows[number])}`.",
        )
    fault = _out_of_text(rows, number)
    if fault:
        return fault
    words = rows[number].split()
    if len(words) >= SENTENCE and above is not None and re.search(r":\s+\S", rows[above]):
        key = shown(rows[above].strip().removeprefix("-").strip().partition(":")[0])
        return _Fault(
            number,
            f"a colon is missing; or, if this line goes on with the text of {key} above, put it at that line's end.",
        )
    if match := re.match(rf"\s*({_KEY})\s*[;=]\s*(\S.*)$", rows[number]):
        return _Fault(number, f"a colon is expected behind the key. Write `{match[1]}: {shown(match[2])}`.")
    key = next((word for word in words if word != "-"), "key")
    if not re.fullmatch(r"[A-Za-z_][\w-]*", key):
        return _Fault(
            number, "a colon is missing; or, if this line is a remark of the form, put its `#` back in front."
        )
    return _Fault(
        number, f"a colon is missing. Write `key: value`, with a space after the colon, such as `{shown(key)}: …`."
    )


def _top(rows: Sequence[str], number: int) -> _Fault:
    """Tell of a first line that begins with spaces, or that holds no key."""
    first = next((n for n in range(number) if rows[n].strip() and not rows[n].lstrip().startswith("#")), number)
    if _indent(rows[first]):
        return _Fault(first, "the line begins with spaces. Begin the keys of the top level at the start of the line.")
    return _no_colon(rows, first)


def _out_of_text(rows: Sequence[str], number: int) -> _Fault | None:
    """Tell of a line that begins further left than the text of several lines (`why: |`) which it goes on with."""
    indent = len(_indent(rows[number]))
    start = next((n for n in range(number - 1, -1, -1) if rows[n].strip() and len(_indent(rows[n])) <= indent), None)
    if start is None or start + 1 >= number or not re.search(r":\s*[|>][+-]?\s*$", rows[start]):
        return None
    key, column = shown(rows[start].strip().partition(":")[0]), len(_indent(rows[start + 1]))
    return _Fault(
        number,
        f"a colon is missing; or, if this line goes on with the text of {key} above, begin it with {_spaces(column)}, "
        "as the first line of that text.",
    )


def _colon_too_many(rows: Sequence[str], number: int) -> _Fault:
    row, above = rows[number], _above(rows, number)
    if match := re.match(rf"\s*({_KEY}):\s+(.*:(?:\s.*)?)$", row):
        value = match[2].strip()
        text = f"`{match[1]}: {shown(quoted(value), 80)}`"
        if value[0] in _CURLY:
            text = f"`{match[1]}: {shown(quoted(value.strip(_CURLY)), 80)}`"
            return _Fault(number, f"curly quotes do not count as quotes. Type straight ones: {text}.")
        pairs = [re.fullmatch(r"\s*[\w-]+:\s+[\w-]+\s*", pair) for pair in value.split(",")]
        if all(pairs):
            braces = f"`{match[1]}: {{{shown(value, 80)}}}`"
            if len(pairs) > 1:
                return _Fault(number, f"keys and values behind a key need braces around them. Write {braces}.")
            text += f"; keys and values need braces: {braces}"
        return _Fault(number, f"there is a colon too many. Put quotes around text that holds a colon: {text}.")
    if above is None:
        return _Fault(number, "there is a colon too many. Put quotes around text that holds a colon.")
    if ":" not in rows[above]:
        return _list_item_out(rows, above) or _no_colon(rows, above)
    key = shown(rows[above].strip().removeprefix("-").strip().partition(":")[0])
    if row.lstrip().startswith("- "):
        return _item_indent(rows, number, after=key)
    if _column(row) > _column(rows[above]):
        return _Fault(
            number,
            f"the indent is off. {key} in the line above has its value already; begin this line in the same column "
            f"as {key}, or put quotes around text that holds a colon.",
        )
    return _sisters(rows, number)


def _list_item_out(rows: Sequence[str], number: int) -> _Fault | None:
    """Tell of a list item that begins further left than the key whose list it belongs to."""
    above = _above(rows, number)
    if above is None or not rows[number].lstrip().startswith("- ") or not rows[above].rstrip().endswith(":"):
        return None
    column, key = _column(rows[above]), rows[above].strip().removeprefix("-").strip().rstrip(":")
    if len(_indent(rows[number])) >= column:
        return None
    return _Fault(
        number,
        f"the indent is off. This item belongs to {shown(key)} above it: begin the line with {column + 2} spaces.",
    )


def _value_quoted(row: str) -> str:
    match = re.match(rf"\s*({_KEY}:\s+|(?:-\s+)+)(.*)$", row)
    return f"`{match[1].strip()} {shown(quoted(match[2]), 80)}`." if match else '"…".'


def _bracket(rows: Sequence[str], number: int) -> _Fault:
    opening = min((sign for sign in "[{" if sign in rows[number]), key=rows[number].index, default="[")
    closing = "]" if opening == "[" else "}"
    return _Fault(
        number,
        f"a `{opening}` is opened and never closed, or a comma is missing or stands twice. Close it with `{closing}`, "
        f"or put quotes around text that begins with `{opening}`.",
    )


def _block_end(problem: str, rows: Sequence[str], number: int) -> _Fault:
    row = rows[number]
    if ":" not in row and (fault := _out_of_text(rows, number)):
        return fault
    match = re.match(rf"\s*({_KEY}:\s+|(?:-\s+)+)?(.*)$", row)
    value = match[2].strip() if match else row.strip()
    if "'<scalar>'" in problem or "','" in problem:
        for candidate in range(number + 1):
            opened = re.match(rf"\s*(?:{_KEY}:\s+|(?:-\s+)+)\"(?:[^\"\\]|\\.)*$", rows[candidate])
            if opened and candidate < number:
                return _Fault(candidate, f"a quote is opened and never closed. Close it{_closed(rows[candidate])}.")
        if value[:1] in {'"', "'"}:
            whole = value[1:-1] if value[0] == "'" and value.endswith("'") else value
            start = (match[1] or "").strip() + " " if match else ""
            return _Fault(
                number,
                "text goes on behind a closing quote. Put all of it in quotes of the other kind than those inside: "
                f"`{start}{shown(quoted(whole), 80)}`.",
            )
        if value[:1] in {"[", "{"}:
            return _Fault(number, f"text that begins with `{value[0]}` needs quotes: {_value_quoted(row)}")
    if "'-'" in problem or row.lstrip().startswith("- "):
        return _item_indent(rows, number)
    return _sisters(rows, number)


def _sisters(rows: Sequence[str], number: int) -> _Fault:
    """Say in which column a key should begin."""
    near, column = _nearest_column(rows, number), _column(rows[number])
    if near is None or _column(rows[near]) == column:
        return _Fault(
            number, "the indent is off, or a quote is missing. Begin keys that belong together in the same column."
        )
    key = shown(rows[near].strip().removeprefix("-").strip().partition(":")[0])
    return _Fault(
        number,
        "the indent is off. Keys that belong together begin in the same column: begin this line with "
        f"{_spaces(_column(rows[near]))}, as {key} above it.",
    )


def _item_indent(rows: Sequence[str], number: int, after: str = "") -> _Fault:
    """Say in which column a list item should begin; `after` is a key above it that has its value already."""
    here = len(_indent(rows[number]))
    items = [n for n in range(number) if rows[n].lstrip().startswith("- ")]
    near = min(items, key=lambda n: (abs(len(_indent(rows[n])) - here), -n), default=None)
    if near is not None and len(_indent(rows[near])) != here:
        return _Fault(
            number,
            "the indent is off. Begin all items of a list in the same column: this line with "
            f"{_spaces(len(_indent(rows[near])))}, as `{shown(rows[near])}` above it.",
        )
    if after:
        return _Fault(
            number,
            f"a list begins here, but {after} in the line above has its value already. Write the list's own key on a "
            "line above it, with a colon and nothing behind it.",
        )
    return _Fault(
        number,
        "the indent is off: this list item stands where a key is expected. Begin all items of a list in the same "
        "column, on the lines below their key.",
    )


def _spaces(count: int) -> str:
    return counted(count, "space") if count else "no space before it"


def _nearest_column(rows: Sequence[str], number: int) -> int | None:
    """Return the line above whose key begins nearest to the column of this line."""
    column = _column(rows[number])
    above = [n for n in range(number) if re.match(rf"\s*{_KEY}:(\s|$)", rows[n])]
    return min(above, key=lambda n: (abs(_column(rows[n]) - column), -n)) if above else None
