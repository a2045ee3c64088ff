"""What pydantic found in a form, as sentences with lines: what stands there, what is expected, what to write."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from wardround.grading.kinds import Kind
from wardround.grading.number_text import is_number, number_remedy
from wardround.grading.yaml_faults import quoted, shown
from wardround.grading.yaml_text import YamlText, child, is_empty
from wardround.wording import counted, did_you_mean, listed, nearest, same_word

TEXT = 300  # characters of a value that are looked at
SHOWN = 3  # faults that are told at once
NEAREST = 50  # unknown keys of one form for which a near one is looked for


@dataclass(frozen=True)
class Fault:
    """A fault and where it stands in the text.

    Attributes:
        index: Where in the text, in characters.
        sentence: The sentence for the learner.
        end: Where what it says ends: faults before this place only follow from it.
    """

    index: int
    sentence: str
    end: int = 0


def first_faults(faults: Iterable[Fault], name: str) -> str:
    """Return the first faults, each in its sentence, and how many more there are.

    Args:
        faults: All that were found, in any order.
        name: The file's name, which is said once.
    """
    told: list[Fault] = []
    for fault in sorted(faults, key=lambda fault: fault.index):
        if all(fault.index >= other.end and fault.sentence != other.sentence for other in told[-NEAREST:]):
            told.append(fault)
    first, *others = (fault.sentence for fault in told[:SHOWN])
    others = [re.sub(rf"^{re.escape(name)}, line ", "Line ", sentence) for sentence in others]
    rest = f" (and {len(told) - SHOWN} more)" if len(told) > SHOWN else ""
    return " ".join([first, *others]) + rest


def glued(tree: YamlText, node: yaml.Node) -> Iterator[Fault]:
    """Yield each pair of braces in which colons stand without the space behind them: `{help:doctor}` is one word."""
    inner = [item for pair in node.value for item in pair] if isinstance(node, yaml.MappingNode) else node.value
    if isinstance(node, yaml.MappingNode) and node.flow_style and node.start_mark.line == node.end_mark.line:
        pairs = [(str(key.value), value) for key, value in node.value]
        words = [re.fullmatch(r"([A-Za-z_][\w -]*):([^\s:/].*)", key[:TEXT]) for key, _ in pairs]
        bare = [match for match, (_, value) in zip(words, pairs, strict=True) if match and is_empty(value)]
        mended = [f"{match[1]}: {match[2]}" for match in bare]
        if len(bare) == 1:
            sentence = f"a space is missing after the colon in `{shown(bare[0][0])}`. Write `{shown(mended[0])}`."
        elif bare:
            row = tree.row(node)[node.start_mark.column : node.end_mark.column]
            for match, right in zip(bare, mended, strict=True):
                row = row.replace(match[0], right)
            sentence = f"spaces are missing after the colons. Write `{shown(row, 80)}`."
        if bare:
            yield Fault(node.start_mark.index, f"{tree.where(node)}: {sentence}", node.end_mark.index + 1)
            return
    for item in inner if isinstance(node, yaml.CollectionNode) else ():
        yield from glued(tree, item)


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
    def text(self) -> str:
        """Return the beginning of a text: enough to say what it is, too short for an expression to hang on it."""
        return str(self.node.value).strip()[:TEXT]

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
    def inside(self) -> str:
        """Return ` inside item 3 of steps` for a key of an item, nothing for one at the top."""
        return f" inside {self.above[-1].label}" if self.above and self.above[-1].path else ""

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

    def fault(self, sentence: str, *, whole: bool = False) -> Fault:
        """Return a fault of this value; `whole` if what is inside cannot be judged because of it."""
        end = self.node.end_mark.index if whole else 0
        return Fault((self.key or self.node).start_mark.index, f"{self.where}: {sentence}", end)


def faults_of(error: ValidationError, tree: YamlText, form: type[BaseModel]) -> list[Fault]:
    """Return the faults of a form, each once."""
    top = _Spot(tree, Kind("form", "keys and values", form=form), tree.top)
    missing: dict[tuple[str | int, ...], list[str]] = {}
    unknown: dict[tuple[str | int, ...], list[str]] = {}
    others: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
    spots: dict[tuple[str | int, ...], _Spot] = {}
    for item in error.errors(include_url=False, include_input=False):
        about_keys = item["type"] in {"missing", "extra_forbidden"} and isinstance(item["loc"][-1], str)
        spot = _walk(top, item["loc"][:-1] if about_keys else item["loc"])
        if spot is None:
            continue
        spots[spot.path] = spot
        if about_keys:
            (missing if item["type"] == "missing" else unknown).setdefault(spot.path, []).append(str(item["loc"][-1]))
        else:
            others.setdefault(spot.path, []).append(item)
    for path, names in unknown.items():  # one that stands elsewhere is told there, and not as missing as well
        for outer in (path[:n] for n in range(len(path))):
            moved = [
                name for name in names if name in missing.get(outer, []) and not nearest(name, missing.get(path, []))
            ]
            missing[outer] = [name for name in missing.get(outer, []) if name not in moved]
    faults: list[Fault] = []
    for path in (path for path in {**missing, **unknown} if path in spots):
        faults += _keys(spots[path], missing.get(path, []), unknown.get(path, []))
    for path, items in others.items():
        faults += _values(spots[path], items)
    return faults or [top.fault("this cannot be read. Compare it with the brief's example.")]


def _walk(spot: _Spot, loc: tuple[str | int, ...]) -> _Spot | None:
    """Follow a location of pydantic's as far as the text has it; None inside the part of a union that is not meant."""
    for step in loc:
        found = child(spot.node, step)
        if found is not None:
            key, node = found
            kind = _kind_inside(spot.kind, step)
            is_key = isinstance(step, str)
            spot = _Spot(spot.tree, kind, node, key if is_key else None, (*spot.path, step), (*spot.above, spot))
        elif spot.kind.name == "union" and isinstance(spot.node, yaml.MappingNode):  # the step names a part of it
            keys = {str(key.value) for key, _ in spot.node.value}
            part, by_name = spot.kind.named(str(step))
            if part is not None and by_name and part is not spot.kind.branch(keys):
                return None
            spot = replace(spot, kind=part or spot.kind)
    return spot


def _kind_inside(kind: Kind, step: str | int) -> Kind:
    """Return what a key or an item of something takes."""
    part = kind.part("list" if isinstance(step, int) else "map")
    if isinstance(step, str):
        form = next((part for part in (kind, *kind.inside) if part.name == "form" and step in part.fields), None)
        if form is not None:
            return form.fields[step]
    return part.inside[0] if part else Kind("other", "a value")


# Keys -------------------------------------------------------------------------------------------------------------


def _keys(spot: _Spot, missing: list[str], unknown: list[str]) -> Iterator[Fault]:
    """Yield what is wrong with the keys of one form: misspelled, in the wrong place, unknown, missing."""
    form = spot.kind.part("form") or spot.kind
    known, stand = form.fields, {str(key.value): (key, node) for key, node in spot.node.value}
    lacking = list(missing)
    absent = [name for name in known if name not in stand and name not in missing]  # they have defaults
    for number, name in enumerate(unknown):
        found = stand.get(name, (spot.node, spot.node))
        key = _Spot(spot.tree, Kind("other", "a value"), found[1], found[0], (*spot.path, name), (*spot.above, spot))
        meant, sentence = None, f"the key {shown(name)} is not known."
        if number < NEAREST:
            meant, sentence = _unknown(key, known, lacking, absent)
        lacking = [other for other in lacking if other != meant]
        absent = [other for other in absent if other != meant]
        yield key.fault(sentence)
    for name in lacking:
        yield _missing(spot, name, known.get(name, Kind("other", "a value")))


def _unknown(key: _Spot, known: dict[str, Kind], lacking: list[str], absent: list[str]) -> tuple[str | None, str]:
    """Return which absent key an unknown one stands for, if any, and what to do with it."""
    name = str(key.path[-1])
    one_word = re.match(r"([\w ]+?)(:|\s+)(\S.*)$", name[:TEXT])
    if one_word and one_word[1] in {*lacking, *absent} and is_empty(key.node):
        sign = "a space is missing after the colon" if one_word[2] == ":" else "a colon is missing"
        return one_word[1], f"{sign} in `{shown(name)}`. Write `{one_word[1]}: {shown(one_word[3])}`."
    near = nearest(name, lacking)
    if near and "\u00a0" in name:
        return near, f"a special (non-breaking) space stands beside {near}. Type it anew: `{near}: …`."
    if near:
        return near, f"there is a key {shown(name)}, but {near} is expected. Rename it: `{near}: …`."
    after_a_comma = _after_a_comma(key)
    if after_a_comma:
        return None, after_a_comma
    elsewhere = _elsewhere(key, known)
    if elsewhere:
        return None, elsewhere
    near = nearest(name, absent)
    if near:
        return near, f"the key {shown(name)} is not known. If you mean {near}, rename it: `{near}: …`."
    if " " in name.strip() and not nearest(name, known):
        return None, (
            f"`{shown(name)}` is read as a key, because a colon follows it. If it is text, put the whole text in "
            "quotes; if it goes on from the line above, put the quotes around both."
        )
    near = nearest(name, known)
    if near:
        return None, f"the key {shown(name)} is not known. Did you mean {near}? It is there as well: keep one."
    return None, f"the key {shown(name)} is not known{key.inside}. Remove it; the keys here are {listed(known)}."


def _after_a_comma(key: _Spot) -> str:
    """Say that a text in braces ends at its comma: `{shows: intended use, dated}`; nothing if that is not the case."""
    around = key.above[-1].node
    if not isinstance(around, yaml.MappingNode) or not around.flow_style or not is_empty(key.node):
        return ""
    before = ""
    for name, value in around.value:
        if name is key.key:
            break
        before = (
            f"{name.value}: {quoted(f'{value.value}, {key.path[-1]}')}" if isinstance(value, yaml.ScalarNode) else ""
        )
    if not before:
        return ""
    return (
        f"the comma before `{shown(key.path[-1])}` ends the text, as it does in braces. Put quotes around the whole "
        f"text: `{shown(before, 80)}`."
    )


def _elsewhere(key: _Spot, known: dict[str, Kind]) -> str:
    """Say where a key belongs that a form around this one has, or one inside it; nothing if none has it."""
    name = str(key.path[-1])
    for outer in reversed(key.above[:-1]):
        if name in outer.kind.fields:
            column = outer.node.start_mark.column if outer.path else 0
            begin = f"with {counted(column, 'space')}" if column else "at the start of the line, without spaces"
            home = f"among the keys of {outer.label}" if outer.path else "at the top level of the file"
            return f"the key {name} stands{key.inside}, but belongs {home}. Begin it {begin}."
    for other, kind in known.items():
        for part in (kind, *kind.inside):
            within = part.inside[0] if part.name == "list" else part
            if name in within.fields:
                home = f"an item of {other}" if "list" in {part.name, kind.name} else other
                return f"the key {name} belongs into {home}. Indent it, so that it begins in the column of its sisters."
    return ""


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


def _values(spot: _Spot, found: list[ErrorDetails]) -> Iterator[Fault]:
    types = {item["type"] for item in found}
    if any(item["loc"][-1:] == ("[key]",) for item in found):
        yield spot.fault(_no_key(spot))
        return
    if types <= {"value_error", "assertion_error"}:
        for item in found:
            sentence = str(item.get("ctx", {}).get("error", item["msg"])).strip()
            yield Fault((spot.key or spot.node).start_mark.index, f"{spot.where}: {sentence}")
        return
    if spot.kind.name == "union" and len(found) > 1:
        yield spot.fault(_wrong(spot, spot.kind), whole=isinstance(spot.node, yaml.CollectionNode))
        return
    bounded = _bounded(spot, found[0])
    collection = isinstance(spot.node, yaml.CollectionNode)
    yield spot.fault(bounded or _wrong(spot, spot.kind), whole=bounded is None and collection)


def _no_key(spot: _Spot) -> str:
    """Say that a key of a map is none of those that it takes."""
    name, of = spot.label, spot.above[-1].kind.part("map")
    kind = of.key if of else None
    if kind is None or kind.name != "choice":
        return f"the key {name} cannot stand here; write {kind.words if kind else 'another one'} as the key."
    return f"the key {name} is not known; {_one_of(name, kind.choices)}"


def _one_of(text: str, choices: Sequence[str]) -> str:
    """Say which words can stand there, and which of them may be meant."""
    said = text.casefold().replace("_", " ")
    within = [word for word in choices if re.search(rf"\b{re.escape(word.casefold())}\b", said)]
    near = f" Did you mean {within[0]}?" if len(within) == 1 else "" if within else did_you_mean(text, choices)
    if not near and "other" in choices:
        near = " If none of them fits, write other."
    return f"write one of: {listed(choices, 'or')}.{near}"


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
    text = spot.text
    if kind.name != "text" and (more := _goes_on(spot)):
        return more
    if kind.name == "choice":
        return f"{spot.label} is `{shown(text)}`; {_one_of(text, kind.choices)}"
    if kind.name in {"number", "whole number"}:
        return f"{spot.label} is `{shown(text)}`{_no_number(spot, kind)}"
    return f"{spot.label} is `{shown(text)}`; write {kind.words}."


def _goes_on(spot: _Spot) -> str:
    """Say that lines below were read as a part of a value that has one line; nothing where it has."""
    node, rows = spot.node, spot.tree.rows
    first, last = int(node.start_mark.line), min(int(node.end_mark.line), len(rows) - 1)
    more = [n for n in range(first + 1, last + 1) if rows[n].strip()]
    if not isinstance(node, yaml.ScalarNode) or node.style is not None or not more:
        return ""
    return (
        f"{spot.label} is `{shown(node.value)}`, because line {more[0] + 1 + spot.tree.first_line} "
        f"(`{shown(rows[more[0]])}`) is read as a part of it. Begin that line in the column where it belongs, with a "
        "colon behind its key."
    )


def _wanted(spot: _Spot, kind: Kind) -> str:
    """Say what to write behind an empty key or `-`, with an example."""
    row = spot.tree.row(spot.key or spot.node)
    if " #" in row:
        return f"{kind.words}. What stands behind # is a comment; put quotes around text that begins with it."
    if kind.name == "list":
        item = kind.inside[0].example()
        below = _items_below(spot, kind.inside[0])
        if below:
            return f"{kind.words}. Indent the lines with `- ` below it further than {spot.label}."
        return f"{kind.words}, such as `- {item}` on the next line. Write `{spot.start} []` for none."
    if kind.name == "form":
        return f"{kind.words}."
    if kind.name == "union":
        return f"{kind.words}{_in_braces(spot, kind)}."
    example = kind.example()
    tail = f": `{spot.start} {example}`" if example != "…" else f" behind the {'colon' if spot.key else '`-`'}"
    return f"{kind.words}{tail}."


def _items_below(spot: _Spot, item: Kind) -> bool:
    """Return whether lines with `- ` below a key are its items; keys in them belong to the next item of the list."""
    rows, number = spot.tree.rows, (spot.key or spot.node).start_mark.line
    below = next((row for row in rows[number + 1 :] if row.strip()), "")
    return (
        spot.key is not None
        and bool(re.match(r"\s*-\s" if item.form else r"\s*-\s(?!\s*\w+\s*:(\s|$))", below))
        and (len(below) - len(below.lstrip()) < spot.key.start_mark.column)
    )


def _no_list(spot: _Spot, kind: Kind) -> str:
    item = kind.inside[0]
    if isinstance(spot.node, yaml.MappingNode):
        first = shown(spot.node.value[0][0].value) if spot.node.value else "…"
        key = f"`- {first}: …`"
        more = ", and indent the other keys of that item below it by two spaces more" if item.form else ""
        return f"{spot.label} holds keys and values; a list is expected. Begin each item with `- `: {key}{more}."
    if isinstance(spot.node, yaml.SequenceNode):
        return f"{spot.label} has {counted(len(spot.node.value), 'item')}; write {kind.words}."
    text = spot.text
    if match := re.match(r"[-–—•*]\s*(\S.*)$", text):
        own = f"`- {shown(match[1])}`"
        return f"{spot.label} is `{shown(text)}`; a list is expected. Begin each item on a line of its own: {own}."
    if item.form:
        begin = f"`- {item.example()}`"
        return f"{spot.label} is `{shown(text)}`; a list is expected. Begin each item on a line below it: {begin}."
    if text.strip().casefold() in {"none", "nothing", "no", "nobody", "n/a", "na", "null", "-"}:
        return f"{spot.label} is `{shown(text)}`; a list is expected. Write `{spot.start} []` if there is none."
    bare = text[1:-1] if text[:1] + text[-1:] == "()" and text.count("(") == 1 else text
    parts = [part.strip() for part in re.split(r"[,;]", bare) if part.strip()]
    if item.choices:
        parts = [word for part in parts for word in _words_of(part, item.choices)]
    return (
        f"{spot.label} is `{shown(text)}`; a list is expected, even for one item. "
        f"Write `{spot.start} [{shown(', '.join(parts))}]`."
    )


def _words_of(text: str, choices: Sequence[str]) -> list[str]:
    """Return the words of a text if all are choices (`who when`, `who and when`); else the text alone."""
    words = [word for word in text.split() if word not in {"and", "or", "&"}]
    return words if len(words) > 1 and all(same_word(word, choices) for word in words) else [text]


def _no_keys(spot: _Spot, kind: Kind) -> str:
    if isinstance(spot.node, yaml.SequenceNode):
        return f"{spot.label} holds a list; keys and values are expected. Take the `- ` away; indent the keys alike."
    text = spot.text
    if match := re.match(r"([A-Za-z_][\w ]*?)\s*[:：]\s*(\S.*)$", text):
        mended = f"`{match[1]}: {shown(match[2])}`"
        return f"{spot.label} is `{shown(text)}`: a space is missing after the colon. Write {mended}."
    first = next(iter(kind.fields), "key")
    example = f"`{first}: {shown(text)}`" if kind.form else "`key: value`"
    if spot.key and len(kind.fields) > 1 and " " in text:  # several things said in one sentence
        example = f"`{spot.start} {{{', '.join(f'{key}: …' for key in kind.fields)}}}`"
    return f"{spot.label} is `{shown(text)}`; keys and values are expected, such as {example}."


def _no_value(spot: _Spot, kind: Kind) -> str:
    """Say that a list or keys stand where one value is expected; often they are a text that needs quotes."""
    node = spot.node
    if kind.name == "union":
        of = kind.part("map")
        for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
            if of and isinstance(value, yaml.CollectionNode):
                held = "a list" if isinstance(value, yaml.SequenceNode) else "keys and values"
                return f"{shown(key.value)} in {spot.label} holds {held}; write {of.inside[0].words}."
        return f"{spot.label} {spot.said}; write {kind.words}{_in_braces(spot, kind)}.{_single(spot)}"
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
    single = _single(spot)
    if single and kind.name != "text":
        return f"{spot.label} {spot.said}; {one} is expected.{single}"
    return f"{spot.label} {spot.said}; {one} is expected. Write it in one line behind the {behind}."


def _single(spot: _Spot) -> str:
    """Say to take the brackets away from around one value; nothing if there are more."""
    node = spot.node
    if (
        not isinstance(node, yaml.SequenceNode)
        or len(node.value) != 1
        or not isinstance(node.value[0], yaml.ScalarNode)
    ):
        return ""
    return (
        f" Take {'the brackets' if node.flow_style else 'the `- `'} away: `{spot.start} {shown(node.value[0].value)}`."
    )


def _in_braces(spot: _Spot, kind: Kind) -> str:
    """Show how keys and values are written behind a key, where they may stand there."""
    part = kind.part("map") or kind.part("form")
    if part is None:
        return ""
    first = next(iter(part.fields), "key")
    return f", such as `{spot.start} {{{first}: …}}`"


def _choices(kind: Kind, key: str) -> list[str]:
    """Return the words by which the forms of a union are told apart."""
    return [word for part in kind.inside if key in part.fields for word in part.fields[key].choices]


def _no_number(spot: _Spot, kind: Kind) -> str:
    """Say why a text is no number, or none of the kind that is wanted, and how it is written."""
    text, key = spot.text, next((step for step in reversed(spot.path) if isinstance(step, str)), "")
    if re.fullmatch(r"[+-]?\d+\.\d+", text):
        return f"; write {kind.words}."
    if is_number(text.replace(".nan", "nan").replace(".inf", "inf")):
        return f"; write {kind.words}, in digits."
    share = kind.words.endswith("between 0 and 1")
    return f", which is not a number. {number_remedy(text, example=kind.example(), share=share, key=key)}"


def _bounded(spot: _Spot, item: ErrorDetails) -> str | None:
    """Say that a value is out of its bounds, or which form of several was not named; None for any other fault."""
    told: dict[str, Any] = item.get("ctx", {})
    if item["type"] in {"union_tag_not_found", "union_tag_invalid"}:
        key, choices = str(told["discriminator"]).strip("'"), _choices(spot.kind, str(told["discriminator"]).strip("'"))
        if "tag" in told:
            return f"{key} is `{shown(told['tag'])}`; {_one_of(str(told['tag']), choices)}"
        return (
            f"{spot.label} has no key {key}. Add a line `{key}: {next(iter(choices), '…')}` ({listed(choices, 'or')})."
        )
    text = shown(spot.node.value) if isinstance(spot.node, yaml.ScalarNode) else ""
    if item["type"] in {"greater_than", "greater_than_equal", "less_than", "less_than_equal"}:
        percent = ""
        if spot.kind.words.endswith("between 0 and 1") and re.fullmatch(r"\d+(\.\d+)?", text):
            value = float(text)
            percent = f" If you mean {text} %, write {value / 100:g}." if 1 < value <= 100 else ""
        return f"{spot.label} is `{text}`; write {spot.kind.words}.{percent}"
    if item["type"] in {"too_short", "too_long"}:
        short = item["type"] == "too_short"
        limit = told["min_length"] if short else told["max_length"]
        have = told.get("actual_length") or len(spot.node.value)
        bound = f"at least {limit}" if short else f"at most {limit}"
        noun = "item" if isinstance(spot.node, yaml.SequenceNode) else "key"
        mend = " Add more, each on a line that begins with `- `." if short and noun == "item" else ""
        return f"{spot.label} has {counted(have, noun)}; {bound} {'is' if limit == 1 else 'are'} expected.{mend}"
    if item["type"] == "string_pattern_mismatch" and spot.kind.words == "text":
        return f"{spot.label} is `{text}`; write text of the form `{told['pattern']}`."
    if item["type"] in {"string_too_short", "string_too_long"} and not is_empty(spot.node):
        short = item["type"] == "string_too_short"
        bound = f"at least {told['min_length']}" if short else f"at most {told['max_length']}"
        have = counted(len(str(spot.node.value).strip()), "character")
        return f"{spot.label} is `{text}`, which has {have}; write {bound}."
    return None
