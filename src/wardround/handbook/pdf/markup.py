"""Typst source from Python values.

No page text can become Typst code: all of it is written as Typst string literals, where only the backslash and the
quotation mark mean anything. A space at either end stands outside the literal, so that spaces collapse as they should.
"""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"})
_SPACES = re.compile(r"[ \t\r\n\f\v]+")  # not the space that holds a number and its unit together
_LONG_WORD = re.compile(r"\S{29,}")


def string(value: str) -> str:
    """`value` as a Typst string literal, quotation marks included."""
    return f'"{_CONTROL.sub("", value).translate(_ESCAPED)}"'


def text(value: str) -> str:
    """`value` as running text; a word too long for a line (an address, say) may break after its joints."""
    joined = _SPACES.sub(" ", value)
    core = joined.strip(" ")
    if not core:
        return joined
    before = " " if joined[0] == " " else ""
    after = " " if joined[-1] == " " else ""
    parts, end = [], 0
    for word in _LONG_WORD.finditer(core):
        parts += [core[end : word.start()], word.group()]
        end = word.end()
    parts.append(core[end:])
    written = [f"#long({string(part)});" if odd % 2 else f"#{string(part)};" for odd, part in enumerate(parts) if part]
    return before + "".join(written) + after


def array(items: list[str]) -> str:
    """A Typst array of items that are Typst source already."""
    return f"({''.join(f'{item}, ' for item in items)})"


def boolean(value: object) -> str:
    """`true` or `false`."""
    return "true" if value else "false"
