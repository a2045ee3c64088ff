"""Leave out of a third-party stylesheet the rules that no page of the site uses."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

_CLASSES = re.compile(r'\bclass="([^"]*)"')
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_WITHOUT = re.compile(r":not\([^)]*\)")  # what must not be there may well be unused
_CLASS_IN_SELECTOR = re.compile(r"\.(-?[_a-zA-Z][\w-]*)")


def words_in_scripts(folder: Path) -> frozenset[str]:
    """Every word in the scripts under `folder`: a class that a script sets is one of them."""
    texts = (script.read_text(encoding="utf-8", errors="replace") for script in folder.rglob("*.js"))
    return frozenset(word for text in texts for word in _WORD.findall(text))


def classes_used(folder: Path) -> frozenset[str]:
    """The CSS classes in all HTML pages under `folder`."""
    used: set[str] = set()
    for page in folder.rglob("*.html"):
        for value in _CLASSES.findall(page.read_text(encoding="utf-8")):
            used.update(value.split())
    return frozenset(used)


def without_comments(css: str) -> str:
    """Return `css` without comments, indents and empty lines."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).strip() + "\n"


def keep_used(css: str, used: frozenset[str]) -> str:
    """Return `css` without the selectors that ask for a class that is not `used`."""

    def wanted(selector: str) -> bool:
        return all(name in used for name in _CLASS_IN_SELECTOR.findall(_WITHOUT.sub("", selector)))

    return "".join(_kept(css, wanted))


def _kept(css: str, wanted: Callable[[str], bool]) -> Iterator[str]:
    for head, body in _blocks(css):
        if body is None:
            yield head
        elif head.startswith(("@media", "@supports", "@container", "@layer")):
            if inner := "".join(_kept(body, wanted)):
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        elif selectors := [selector for selector in head.split(",") if wanted(selector)]:
            yield f"{','.join(selectors)}{{{body}}}"


def _blocks(css: str) -> Iterator[tuple[str, str | None]]:
    """The top-level `(head, body)` pairs of a minified stylesheet; a statement without a body has body None."""
    start = 0
    while (end := css.find("{", start)) != -1:
        statement = css.find(";", start)
        if statement != -1 and statement < end:
            yield css[start : statement + 1], None
            start = statement + 1
            continue
        depth, here = 1, end + 1
        while depth and here < len(css):
            depth += {"{": 1, "}": -1}.get(css[here], 0)
            here += 1
        yield css[start:end].strip(), css[end + 1 : here - 1]
        start = here
