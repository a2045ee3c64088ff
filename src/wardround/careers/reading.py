"""Reading one YAML file into plain data, with the line of every key and item.

PyYAML drops line numbers once data is built, so this builds plain data from the parser's nodes itself. That also
keeps the files simple: text, numbers, true/false, null, lists and mappings; no dates, tags, anchors or aliases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import yaml

from wardround.careers.faults import Fault

if TYPE_CHECKING:
    from pathlib import Path

Where = tuple[str | int, ...]

MAX_DEPTH = 20
_CORE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_CORE):  # type: ignore[misc, valid-type]
    """The safe loader without dates (they stay text) and without yes/no/on/off as true and false."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in rules if not tag.endswith((":timestamp", ":bool"))]
    for first, rules in _CORE.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class Document:
    """A file that was read: its data, and the line (from 1) of each place in it."""

    name: str
    data: Any
    lines: dict[Where, int] = field(repr=False)

    def line(self, where: Where) -> int | None:
        """The line of ``where``, or of the nearest place around it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where)


def read_document(path: Path, name: str) -> tuple[Document | None, list[Fault]]:
    """Read ``path``; the faults name the file as ``name``. Without a document there is at least one fault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        return None, [Fault(name, "", f"cannot be read ({error.strerror or error}); check the path and its rights.")]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return None, [Fault(name, "", "is not valid UTF-8 here; save the file as UTF-8.", line)]
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        return None, [Fault(name, "", f"is not valid YAML: {error.problem}; {_syntax_hint(str(error.problem))}", line)]
    except yaml.YAMLError as error:
        return None, [Fault(name, "", f"is not valid YAML: {' '.join(str(error).split())}; mend the text.")]
    except RecursionError:
        return None, [Fault(name, "", "is nested too deeply to be read; lists and mappings go a few levels deep.")]
    plain = _Plain(name)
    data = None if root is None else plain.build(root, ())
    if data is None and not plain.faults:
        return None, [Fault(name, "", "is empty; restore its items, or delete the file if it is not needed.")]
    return Document(name, data, plain.lines), plain.faults


def _syntax_hint(problem: str) -> str:
    if "alias" in problem or "anchor" in problem:
        return "write the text out in both places: the map uses no anchors (&) or aliases (*)."
    if "tab" in problem or "\\t" in problem:
        return "indent with spaces, not tabs."
    return 'look at this line and the one above: a missing space after ":", indentation, or text that needs quotes.'


class _Plain:
    """Turns parser nodes into plain data and notes where each stood."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Where, int] = {}
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, where: Where) -> Any:
        line = node.start_mark.line + 1
        self.lines.setdefault(where, line)
        if id(node) in self._seen:  # an alias is the very node of its anchor
            self._fault("repeats an anchor (&) with an alias (*); write the text out in both places.", line)
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, line)
        if len(where) > MAX_DEPTH:
            self._fault(f"is nested more than {MAX_DEPTH} levels deep; the map needs far fewer.", line)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.build(child, (*where, i)) for i, child in enumerate(node.value)]
        return self._mapping(node, where)

    def _mapping(self, node: yaml.Node, where: Where) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.tag.endswith(":merge"):
                self._fault("a key must be a plain word; the map uses no merge keys (<<) and no lists as keys.", line)
                continue
            if key in data:
                self._fault(f'the key "{key}" stands twice in one item; keep one of them.', line)
            self.lines[(*where, key)] = line
            data[key] = self.build(value_node, (*where, key))
        return data

    def _scalar(self, node: yaml.ScalarNode, line: int) -> str | int | float | None:
        kind = node.tag.removeprefix("tag:yaml.org,2002:")
        try:
            if kind == "str":
                return str(node.value)
            if kind == "null":
                return None
            if kind == "int":
                return int(node.value)
            if kind == "float":
                return float(node.value)
        except ValueError:
            return str(node.value)  # 1_0, 0x1f, .inf and their kin are text here
        self._fault(f'uses the tag "{node.tag}"; write plain text, numbers, lists and mappings only.', line)
        return None

    def _fault(self, message: str, line: int) -> None:
        self.faults.append(Fault(self.name, "", message, line))
