"""What a mistake can touch: so that a proof on many seeds grades only the checks that could come out otherwise.

A check asks for some of an answer's functions and files (the grader notes them). A function depends on the names that
its source mentions, and on those that these mention. A mistake that replaces none of them leaves the check as it was.
"""

import ast
from collections.abc import Iterable
from pathlib import Path

from wardround.authoring.mistakes import Mistake, target_of

_ALL = "*"  # `module.*`: whatever a module does
_DYNAMIC = frozenset({"globals", "eval", "exec", "vars", "importlib", "sys"})  # may reach what no name tells


def changed_by(mistake: Mistake, solution: Path) -> frozenset[str]:
    """Return what a mistake replaces: `module.name`, `module.*` if it does more than define names, or file names."""
    changed: set[str] = set()
    for part in mistake.parts:
        target = solution / target_of(part, solution)
        if part.suffix != ".py":
            changed.add(target.name)
            continue
        own = {name for node in _parse(target).body if not _imports(node) for name in _defined(node)}
        for node in _parse(part).body:
            names = _defined(node)
            if _imports(node):  # the same import again changes nothing; one over a function of the solution does
                changed |= {f"{target.stem}.{name}" for name in names & own}
            elif names:
                changed |= {f"{target.stem}.{name}" for name in names}
            elif not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
                changed.add(f"{target.stem}.{_ALL}")
    return frozenset(changed)


def reached_by(uses: Iterable[str], solution: Path) -> frozenset[str]:
    """Return all that a check depends on, from what it asks an answer for: `module.name` and file names."""
    graph = _mentions(solution)
    reached: set[str] = set()
    ahead = set(uses)
    while ahead:
        part = ahead.pop()
        reached.add(part)
        if part in graph:
            reached.add(f"{part.partition('.')[0]}.{_ALL}")
            ahead |= graph[part] - reached
    return frozenset(reached)


def _mentions(solution: Path) -> dict[str, set[str]]:
    """Return for each top-level name of the solution's modules what its source mentions: such names, and files."""
    trees = {path.stem: _parse(path) for path in solution.glob("*.py")}
    names = {stem: {name for node in tree.body for name in _defined(node)} for stem, tree in trees.items()}
    files = {path.name for path in solution.glob("*") if path.suffix != ".py"}
    everything = {f"{stem}.{name}" for stem, own in names.items() for name in own} | files
    graph: dict[str, set[str]] = {}
    for stem, tree in trees.items():
        for node in tree.body:
            said = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
            quoted = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
            mentioned = {f"{stem}.{name}" for name in said & names[stem]} | (quoted & files)
            mentioned |= {f"{other}.{name}" for other in _modules(node) & set(trees) for name in names[other]}
            if said & _DYNAMIC:
                mentioned |= everything
            for name in _defined(node):
                graph.setdefault(f"{stem}.{name}", set()).update(mentioned)
    return graph


def _parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(node: ast.AST) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _modules(node: ast.AST) -> set[str]:
    """Return the modules that a statement imports, anywhere in it."""
    found = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
    plain = {alias.name for n in found if isinstance(n, ast.Import) for alias in n.names}
    return plain | {n.module for n in found if isinstance(n, ast.ImportFrom) and n.module}


def _defined(node: ast.AST) -> set[str]:
    """Return the names that a statement binds at the level on which it stands."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {node.name}
        case ast.Assign() | ast.AnnAssign() | ast.AugAssign():
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            return {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
        case ast.Import() | ast.ImportFrom():
            return {alias.asname or alias.name.partition(".")[0] for alias in node.names}
        case _:
            inner = [n for n in ast.iter_child_nodes(node) if isinstance(n, ast.stmt)]
            return {name for n in inner for name in _defined(n)}
