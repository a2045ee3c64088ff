"""What pydantic found in a form, as sentences with lines: what stands there, what is expected, what to write."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wardround.grading.kinds import Kind
from wardround.grading.yaml_faults import quoted, shown
from wardround.grading.yaml_text import YamlText, child, is_empty
from wardround.wording import counted, listed, nearest


@dataclass(frozen=True, order=True)
class Fault:
    """A fault and where it stands in the text, by which faults are ordered."""

    index: int
    sentence: str


@dataclass(frozen=True)
class _Spot:
    """A place in the tree: what stands there, and what the form takes there."""

    tree: YamlText
    kind: Kind
    node: yaml.Node
    key: yaml.Node | None = None  # the key, or None for a list item and for the top
    path: tuple[str | int, ...] = ()
    above: tuple["_Spot", ...] = field(default=(), repr=False)

    @property
    def where(self) -> str:
        return self.tree.where(self.key or self.node)

    @property
    def label(self) -> str:
        """Say which value it is: `threshold`, `item 2 of next`."""
        if not self.path:
            return "the file"
        last = self.path[-1]
        if isinstance(last, str):
            return shown(last)
        named = next((step for step in reversed(self.path) if isinstance(step, str)), "the list")
        return f"item {last + 1} of {shown(named)}"

    @property
    def start(self) -> str:
        """Return what stands before the value, as it is typed: `threshold:` or `-`."""
        return f"{shown(self.path[-1])}:" if self.path and isinstance(self.path[-1], str) else "-"

    @property
    def said(self) -> str:
        """Say what stands there: "empty", a text in back quotes, or what it holds."""
        if is_empty(self.node):
            return "is empty"
        if isinstance(self.node, yaml.ScalarNode):
            return f"is `{shown(self.node.value)}`"
        return "holds a list" if isinstance(self.node, yaml.SequenceNode) else "holds keys and values"

    def fault(self, sentence: str) -> Fault:
        return Fault((self.key or self.node).start_mark.index, f"{self.where}: {sentence}")


def faults_of(error: ValidationError, tree: YamlText, form: type[BaseModel]) -> list[Fault]:
    """Return the faults of a form, each once."""
    top = _Spot(tree, Kind("form", "keys and values", form=form), tree.top)
    missing: dict[int, tuple[_Spot, list[str]]] = {}
    unknown: dict[int, tuple[_Spot, list[str]]] = {}
    others: dict[tuple[str | int, ...], list[tuple[_Spot, ErrorDetails]]] = {}
    for item in error.errors(include_url=False, include_input=False):
        if item["type"] in {"missing", "extra_forbidden"}:
            spot = _walk(top, item["loc"][:-1])
            group = missing if item["type"] == "missing" else unknown
            group.setdefault(id(spot.node), (spot, []))[1].append(str(item["loc"][-1]))
        else:
            spot = _walk(top, item["loc"])
            others.setdefault(spot.path, []).append((spot, item))
    faults: list[Fault] = []
    for place in {**missing, **unknown}:
        spot = (missing.get(place) or unknown[place])[0]
        faults += _keys(spot, missing.get(place, (spot, []))[1], unknown.get(place, (spot, []))[1])
    for group_of_one_place in others.values():
        faults += _values(group_of_one_place)
    return faults


def _walk(spot: _Spot, loc: tuple[str | int, ...]) -> _Spot:
    """Follow a location of pydantic's as far as the text has it; what names a part of a union is stepped over."""
    for step in loc:
        found = child(spot.node, step)
        if found is None:
            continue
        key, node = found
        kind = Kind("other", "a value")
        if isinstance(step, int):
            items = spot.kind.part("list")
            kind = items.inside[0] if items else kind
        else:
            forms = [part for part in (spot.kind, *spot.kind.inside) if part.name == "form" and step in part.fields]
            entries = spot.kind.part("map")
            kind = forms[0].fields[step] if forms else entries.inside[0] if entries else kind
        is_key = isinstance(step, str)
        spot = _Spot(spot.tree, kind, node, key if is_key else None, (*spot.path, step), (*spot.above, spot))
    return spot


# Keys -------------------------------------------------------------------------------------------------------------


def _keys(spot: _Spot, missing: list[str], unknown: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with the keys of one form: renamed, in the wrong place, unknown, missing."""
    form = spot.kind if spot.kind.name == "form" else spot.kind.part("form") or spot.kind
    known, lacking = form.fields, list(missing)
    for name in unknown:
        found = child(spot.node, name)
        if found is None:
            continue
        key = _Spot(spot.tree, Kind("other", "a value"), found[1], found[0], (*spot.path, name), (*spot.above, spot))
        near = nearest(name, lacking)
        if near and "\u00a0" in name:
            lacking.remove(near)
            yield key.fault(f"a special (non-breaking) space stands behind {near}. Type it anew: `{near}: …`.")
        elif near:
            lacking.remove(near)
            yield key.fault(f"there is a key {shown(name)}, but {near} is expected. Rename it: `{near}: …`.")
        else:
            yield key.fault(_unknown(key, spot, known))
    for name in lacking:
        yield _missing(spot, name, known[name] if name in known else Kind("other", "a value"))


def _unknown(key: _Spot, spot: _Spot, known: dict[str, Kind]) -> str:
    name = str(key.path[-1])
    inside = f" inside {spot.label}" if spot.path else ""
    for outer in reversed(spot.above):
        if outer.kind.form and name in outer.kind.fields:
            column = outer.node.start_mark.column if outer.path else 0
            spaces = f"with {counted(column, 'space')}" if column else "at the start of the line, without spaces"
            home = f"among the keys of {outer.label}" if outer.path else "at the top level of the file"
            return f"the key {name} stands{inside}, but belongs {home}. Begin it {spaces}."
    for other, kind in known.items():
        for part in (kind, *kind.inside):
            within = part if part.form else next(iter(part.inside), None) if part.name == "list" else None
            if within is not None and within.form and name in within.fields:
                what = f"an item of {other}" if part.name == "list" or kind.name == "list" else other
                return f"the key {name} belongs into {what}. Indent it, so that it begins in the column of its sisters."
    if " " in name.strip() and not nearest(name, known):
        return (
            f"`{shown(name)}` is read as a key, because a colon follows it. If it is text, put the whole text in "
            "quotes; if it goes on from the line above, put the quotes around both."
        )
    near = nearest(name, known)
    if near:
        return f"the key {shown(name)} is not known. Did you mean {near}? It is there as well: keep one."
    return f"the key {shown(name)} is not known{inside}. Remove it; the keys here are {listed(known)}."


def _missing(spot: _Spot, name: str, kind: Kind) -> Fault:
    end = spot.node.end_mark.index
    written = _swallowed(spot, name)
    if written is not None:
        number, row = written
        return Fault(
            end,
            f"{spot.tree.name}, line {number} (`{shown(row)}`): this line is read as a part of the text above it, so "
            f"{spot.label if spot.path else spot.tree.name} has no key {name}. Write `{name}: {_rest(row, name)}`, "
            "beginning in the same column as the other keys.",
        )
    if not spot.path:
        return Fault(end, f"{spot.tree.name} has no key {name}. Add a line `{_line(name, kind)}` ({kind.words}).")
    if isinstance(spot.node, yaml.MappingNode) and spot.node.flow_style:
        return Fault(end, f"{spot.where}: {spot.label} has no key {name}. Add `, {_line(name, kind)}` ({kind.words}).")
    sister = f", in the same column as {shown(spot.node.value[0][0].value)}" if spot.node.value else ""
    return Fault(
        end, f"{spot.where}: {spot.label} has no key {name}. Add a line `{_line(name, kind)}` ({kind.words}){sister}."
    )


def _line(name: str, kind: Kind) -> str:
    return f"{name}: {kind.choices[0]}" if kind.name == "choice" else f"{name}: …"


def _swallowed(spot: _Spot, name: str) -> tuple[int, str] | None:
    """Return the line that was meant to give the missing key, but was read as text that goes on from the line above."""
    if not isinstance(spot.node, yaml.MappingNode):
        return None
    for _, value in spot.node.value:
        if isinstance(value, yaml.ScalarNode) and value.style is None:
            for number in range(value.start_mark.line + 1, value.end_mark.line + 1):
                row = spot.tree.rows[number].strip() if number < len(spot.tree.rows) else ""
                if re.match(rf"{re.escape(name)}(\s*:|\s|$)", row):
                    return number + 1 + spot.tree.first_line, row
    return None


def _rest(row: str, name: str) -> str:
    return shown(row[len(name) :].strip().lstrip(":").strip()) or "…"


# Values -----------------------------------------------------------------------------------------------------------


def _values(found: list[tuple[_Spot, ErrorDetails]]) -> Iterator[Fault]:
    spot, first = found[0]
    types = {item["type"] for _, item in found}
    if types <= {"value_error", "assertion_error"}:
        for _, item in found:
            sentence = str(item.get("ctx", {}).get("error", item["msg"])).strip()
            yield Fault((spot.key or spot.node).start_mark.index, f"{spot.where}: {sentence}")
        return
    if spot.kind.name == "union" and len(found) > 1:
        yield spot.fault(_wrong(spot, spot.kind))
        return
    yield spot.fault(_bounded(spot, first) or _wrong(spot, spot.kind))


def _wrong(spot: _Spot, kind: Kind) -> str:
    """Say what stands where a value of another kind is expected, and what to write."""
    if is_empty(spot.node):
        return f"{spot.label} is empty; write {_wanted(spot, kind)}"
    if kind.name == "list":
        return _no_list(spot, kind)
    if kind.name in {"form", "map"}:
        return _no_keys(spot, kind)
    if not isinstance(spot.node, yaml.ScalarNode):
        return _no_value(spot, kind)
    text = str(spot.node.value).strip()
    if kind.name == "choice":
        near = nearest(text, kind.choices)
        return f"{spot.label} is `{shown(text)}`; the choices are {listed(kind.choices)}." + (
            f" Did you mean {near}?" if near else ""
        )
    if kind.name in {"number", "whole number"}:
        return f"{spot.label} is `{shown(text)}`{_no_number(text, kind)}"
    return f"{spot.label} is `{shown(text)}`; write {kind.words}."


def _wanted(spot: _Spot, kind: Kind) -> str:
    """Say what to write behind an empty key or `-`, with an example."""
    row = spot.tree.row(spot.key or spot.node)
    if " #" in row:
        return f"{kind.words}. What stands behind # is a comment; put quotes around text that begins with it."
    if kind.name == "list":
        item = kind.inside[0].example()
        below = _items_below(spot)
        if below:
            return f"{kind.words}. Indent the lines with `- ` below it further than {spot.label}."
        return f"{kind.words}, such as `- {item}` on the next line. Write `{spot.start} []` for none."
    if kind.name == "form":
        return f"{kind.words}."
    example = kind.example()
    tail = f": `{spot.start} {example}`" if example != "…" else f" behind the {'colon' if spot.key else '`-`'}"
    return f"{kind.words}{tail}."


def _items_below(spot: _Spot) -> bool:
    rows, number = spot.tree.rows, (spot.key or spot.node).start_mark.line
    below = next((row for row in rows[number + 1 :] if row.strip()), "")
    return (
        spot.key is not None
        and bool(re.match(r"\s*-\s", below))
        and (len(below) - len(below.lstrip()) < spot.key.start_mark.column)
    )


def _no_list(spot: _Spot, kind: Kind) -> str:
    item = kind.inside[0]
    if isinstance(spot.node, yaml.MappingNode):
        first = shown(spot.node.value[0][0].value) if spot.node.value else "…"
        key = f"`- {first}: …`"
        more = ", and indent the other keys of that item below it by two spaces more" if item.form else ""
        return f"{spot.label} holds keys and values; a list is expected. Begin each item with `- `: {key}{more}."
    text = str(spot.node.value).strip()
    if match := re.match(r"[-–—•*]\s*(\S.*)$", text):
        own = f"`- {shown(match[1])}`"
        return f"{spot.label} is `{shown(text)}`; a list is expected. Begin each item on a line of its own: {own}."
    if item.form:
        begin = f"`- {item.example()}`"
        return f"{spot.label} is `{shown(text)}`; a list is expected. Begin each item on a line below it: {begin}."
    parts = [part.strip() for part in text.split(",") if part.strip()] if "," in text else [text]
    return (
        f"{spot.label} is `{shown(text)}`; a list is expected, even for one item. "
        f"Write `{spot.start} [{shown(', '.join(parts))}]`."
    )


def _no_keys(spot: _Spot, kind: Kind) -> str:
    if isinstance(spot.node, yaml.SequenceNode):
        return f"{spot.label} holds a list; keys and values are expected. Take the `- ` away; indent the keys alike."
    text = str(spot.node.value).strip()
    if match := re.match(r"([A-Za-z_][\w ]*?)\s*[:：]\s*(\S.*)$", text):
        mended = f"`{match[1]}: {shown(match[2])}`"
        return f"{spot.label} is `{shown(text)}`: a space is missing after the colon. Write {mended}."
    first = next(iter(kind.fields), "key")
    example = f"`{first}: {shown(text)}`" if kind.form else "`key: value`"
    return f"{spot.label} is `{shown(text)}`; keys and values are expected, such as {example}."


def _no_value(spot: _Spot, kind: Kind) -> str:
    """Say that a list or keys stand where one value is expected; often they are a text that needs quotes."""
    node = spot.node
    row = spot.tree.row(spot.key or node)
    inline = node.start_mark.line == (spot.key or node).start_mark.line
    if kind.name == "text" and inline:
        written = row[node.start_mark.column :].strip()
        start = f"{spot.start} "
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            return (
                f"{spot.label} holds a colon, so it is read as a key and its value. Put quotes around the text: "
                f"`{start}{shown(quoted(written), 80)}`."
            )
        if node.start_mark.line == node.end_mark.line:
            return (
                f"{spot.label} begins with `{written[:1]}`, so it is read as a list or as keys. Put quotes around the "
                f"text: `{start}{shown(quoted(written), 80)}`."
            )
    one = {"text": "one text", "number": "one number", "whole number": "one whole number"}.get(kind.name, kind.words)
    behind = "colon" if spot.key else "`-`"
    return f"{spot.label} {spot.said}; {one} is expected. Write it in one line behind the {behind}."


def _no_number(text: str, kind: Kind) -> str:
    if re.fullmatch(r"[+-]?\.?(nan|inf|infinity)", text, re.IGNORECASE):
        return f"; write {kind.words}, in digits."
    if match := re.fullmatch(r"([+-]?\d+)[.,]?(\d*)\s*%", text):
        value = float(f"{match[1]}.{match[2] or 0}") / 100
        return f", which is not a number. Write {value:g} for {text}."
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f", which is not a number. Write a point, not a comma: {text.replace(',', '.')}."
    if re.fullmatch(r"[+-]?\d{1,3}([ ,'_\u00a0]\d{3})+", text):
        return f", which is not a number. Write it without spaces or commas: {re.sub(r'[^0-9+-]', '', text)}."
    if match := re.match(r"([+-]?\d+(?:\.\d+)?)\s*[A-Za-zµ€$£/°]", text):
        return f", which is not a number. Write the number without its unit: {match[1]}."
    if match := re.match(r"[A-Z]{0,3}\s*[$€£]\s*([\d.]+)$", text):
        return f", which is not a number. Write the number without its unit: {match[1]}."
    if re.fullmatch(r"[+-]?[\d.]+(e[+-]?\d+)?", text, re.IGNORECASE) and kind.name == "whole number":
        return f"; write {kind.words}."
    return f", which is not a number. Write digits only, such as {kind.example()}, without a unit."


def _bounded(spot: _Spot, item: ErrorDetails) -> str | None:
    """Say that a value is out of its bounds; None for any other fault."""
    told: dict[str, Any] = item.get("ctx", {})
    text = shown(spot.node.value) if isinstance(spot.node, yaml.ScalarNode) else ""
    if item["type"] in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        percent = ""
        if spot.kind.words.endswith("between 0 and 1") and re.fullmatch(r"\d+(\.\d+)?", text):
            value = float(text)
            percent = f" For {text} %, write {value / 100:g}." if 1 < value <= 100 else ""
        return f"{spot.label} is `{text}`; write {spot.kind.words}.{percent}"
    if item["type"] in {"too_short", "too_long"}:
        short = item["type"] == "too_short"
        limit = told["min_length"] if short else told["max_length"]
        have = told.get("actual_length") or len(spot.node.value)
        bound = f"at least {limit}" if short else f"at most {limit}"
        noun = "item" if isinstance(spot.node, yaml.SequenceNode) else "key"
        mend = " Add more, each on a line that begins with `- `." if short and noun == "item" else ""
        return f"{spot.label} has {counted(have, noun)}; {bound} {'is' if limit == 1 else 'are'} expected.{mend}"
    if item["type"] in {"string_too_short", "string_too_long"} and not is_empty(spot.node):
        short = item["type"] == "string_too_short"
        bound = f"at least {told['min_length']}" if short else f"at most {told['max_length']}"
        have = counted(len(str(spot.node.value).strip()), "character")
        return f"{spot.label} is `{text}`, which has {have}; write {bound}."
    return None
