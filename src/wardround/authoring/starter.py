"""Starters are made from solutions: marked regions become a TODO.

In a Python solution:

    def label_readmissions(admissions):
        \"\"\"The docstring stays.\"\"\"
        # --- solution: say which stays count, then look 30 days ahead
        # --- a second line of the TODO, if it needs one
        ...
        # --- end

becomes the docstring, `# TODO: say which stays count, …` and
`raise NotImplementedError("label_readmissions is not written yet")`. A region outside any function vanishes, and leaves
its text as a TODO if it has one. In YAML every key of a region that is not inside another becomes `key: TODO`, also
that of a list's item (`- key: TODO`); in Markdown (`<!-- --- solution: … -->`) and SQL (`-- --- solution: …`) a region
becomes its TODO line. Files without regions, and other kinds of files, are copied.

What stands between `--- more` and `--- end` leaves nothing at all: the further items of a list, say, of which the
starter shows the first as a blank.
"""

import ast
import re
from pathlib import Path

MORE = "more"
_COMMENTS = {".py": ("# ", ""), ".yaml": ("# ", ""), ".md": ("<!-- ", " -->"), ".sql": ("-- ", "")}
_MARK = re.compile(r"(?P<indent>[ \t]*)(?:#|--|<!--)[ ]--- (?P<text>.*?)[ ]*(?:-->)?[ ]*")
_KEY = re.compile(r"(?P<indent>[ ]*(?:- )?)(?P<key>[A-Za-z_][\w-]*)[ ]*:(?:[ ]+(?P<rest>.*))?")


class StarterError(Exception):
    """A solution whose marks do not match; the text names file, line and remedy."""


def make_starter(solution: Path) -> dict[str, bytes]:
    """Return the starter's files, name -> content, for the files of a solution folder."""
    files = [p for p in sorted(solution.iterdir()) if p.is_file() and not p.name.startswith(".")]
    return {path.name: _convert(path) for path in files}


def write_starter(solution: Path, starter: Path) -> list[Path]:
    """Write the starter beside its solution; return the files that changed."""
    starter.mkdir(exist_ok=True)
    changed = []
    wanted = make_starter(solution)
    for name, content in wanted.items():
        path = starter / name
        if not path.is_file() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(path)
    for path in starter.iterdir():
        if path.is_file() and path.name not in wanted:
            path.unlink()
            changed.append(path)
    return changed


def _convert(path: Path) -> bytes:
    raw = path.read_bytes()
    if path.suffix not in _COMMENTS:
        return raw
    text = raw.decode("utf-8").replace("\r\n", "\n")
    rows = text.split("\n")
    functions = _functions(path, text) if path.suffix == ".py" else []
    out: list[str] = []
    n = 0
    while n < len(rows):
        mark = _MARK.fullmatch(rows[n])
        if mark is None or not _is_opening(mark["text"]):
            if mark and mark["text"] == "end":
                raise StarterError(f"{path}, line {n + 1}: `--- end` without a `--- solution` before it. Remove it.")
            out.append(rows[n])
            n += 1
            continue
        end = _closing(path, rows, n)
        if mark["text"] != MORE:
            out += _replacement(path, rows, n, end, functions)
        n = end + 1
    result = re.sub(r"\n{4,}", "\n\n\n", "\n".join(out)).rstrip("\n") + "\n"
    if path.suffix == ".py":
        _parse(path, result)
    return result.encode("utf-8")


def _is_opening(text: str) -> bool:
    return text in ("solution", MORE) or text.startswith("solution:")


def _closing(path: Path, rows: list[str], start: int) -> int:
    for n in range(start + 1, len(rows)):
        mark = _MARK.fullmatch(rows[n])
        if mark and mark["text"] == "end":
            return n
        if mark and _is_opening(mark["text"]):
            break
    raise StarterError(f"{path}, line {start + 1}: this `--- solution` is not closed. Add a line `--- end` below it.")


def _replacement(path: Path, rows: list[str], start: int, end: int, functions: list[tuple[int, int, str]]) -> list[str]:
    """Return the rows that stand in the starter for the region of rows[start] to rows[end]."""
    opening = _MARK.fullmatch(rows[start])
    if opening is None:
        raise ValueError(rows[start])
    indent, said = opening["indent"], [opening["text"].removeprefix("solution").removeprefix(":").strip()]
    body = start + 1
    while body < end and (more := _MARK.fullmatch(rows[body])):
        said.append(more["text"].strip())
        body += 1
    before, after = _COMMENTS[path.suffix]
    told = " ".join(said).strip()
    todo = [f"{indent}{before}TODO: {said[0]}{after}"] if told else []
    todo += [f"{indent}{before}      {line}{after}" for line in said[1:]]
    if path.suffix == ".md":
        return [f"TODO: {told}".rstrip().rstrip(":")]
    if path.suffix == ".yaml":
        return todo + _yaml_rows(rows[body:end])
    name = next((name for first, last, name in functions if first <= start + 1 and end + 1 <= last), None)
    if path.suffix == ".py" and name:
        todo = todo or [f"{indent}# TODO: write {name}."]
        return [*todo, f'{indent}raise NotImplementedError("{name} is not written yet")']
    return todo


def _yaml_rows(rows: list[str]) -> list[str]:
    keys = [match for row in rows if (match := _KEY.fullmatch(row))]
    level = min((len(match["indent"]) for match in keys), default=0)
    out = []
    for row in rows:
        match = _KEY.fullmatch(row)
        if match and len(match["indent"]) == level:
            comment = re.search(r"\s{2,}#.*$", match["rest"] or "")
            out.append(f"{match['indent']}{match['key']}: TODO{comment.group() if comment else ''}")
        elif row.lstrip().startswith("#") and len(row) - len(row.lstrip()) == level:
            out.append(row)
    return out


def _functions(path: Path, text: str) -> list[tuple[int, int, str]]:
    """Return (first line, last line, name) of every function, the innermost first."""
    found = [
        (node.lineno, _last_line(node, text), node.name)
        for node in ast.walk(_parse(path, text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return sorted(found, key=lambda span: span[1] - span[0])


def _last_line(node: ast.FunctionDef | ast.AsyncFunctionDef, text: str) -> int:
    """A function's last line, with the comments that follow its code at its own indent (such as `# --- end`)."""
    rows = text.split("\n")
    last = node.end_lineno or node.lineno
    while last < len(rows) and re.match(r"[ \t]+#", rows[last]):
        last += 1
    return last


def _parse(path: Path, text: str) -> ast.Module:
    try:
        return ast.parse(text)
    except SyntaxError as error:
        raise StarterError(f"{path}, line {error.lineno}: not valid Python with its marks: {error.msg}.") from None
