"""What the plan page carries: the material as JSON, with every text that no date changes ready-made.

`{site}` stands for the handbook's address. Where a text can be long and stands often, it stands once, in a list.
"""

import json
from typing import Any

from wardround.planner import calendar, markdown
from wardround.planner.material import Link, Material, Pathway, Task

SITE = "{site}"


def as_json(source: Material) -> str:
    """Return compact JSON that is safe inside a script element."""
    roles: dict[str, int] = {}
    ways: dict[tuple[str, str], int] = {}  # where a task is done, in the text and in the calendar
    whole: dict[str, Any] = {
        "pathways": {item.id: _pathway(item, roles, ways) for item in source.pathways},
        "domains": {
            item.id: {
                "id": item.id,
                "name": item.name,
                "read": _read(item.read),
                "head": _text(markdown.domain_head(item, SITE)),
            }
            for item in source.domains
        },
        "noDomain": _text(markdown.no_domain(SITE)),
        "months": markdown.MONTHS,
        "lines": markdown.LINES,
        "prodid": calendar.PRODID,
    }
    whole["roles"] = [f"- {line}" for line in roles]
    whole["ways"] = list(ways)
    return json.dumps(whole, separators=(",", ":")).replace("<", "\\u003c")


def _pathway(pathway: Pathway, roles: dict[str, int], ways: dict[tuple[str, str], int]) -> dict[str, Any]:
    def link(task: Task) -> int:
        way = markdown.way(task, SITE), f" {task.link.address(SITE)}" if task.link else ""
        return ways.setdefault(way, len(ways))

    return {
        "id": pathway.id,
        "name": pathway.name,
        "page": pathway.page,
        "most": markdown.most_hours(pathway),
        "usual": pathway.length,
        "before": _text(markdown.before(pathway, SITE)),
        "roles": {
            domain: [roles.setdefault(line, len(roles)) for line in lines] for domain, lines in pathway.roles.items()
        },
        "calendar": calendar.title(pathway),
        "reading": [_read(link) for link in pathway.reading],
        "phases": [
            {
                "number": phase.number,
                "title": phase.title,
                "page": phase.page,
                "head": _text(markdown.phase_head(phase, SITE)),
                "end": _text(markdown.phase_end(phase)),
                "weeks": [
                    {
                        "focus": week.focus,
                        "tasks": [
                            [task.text, sum(task.hours) / 2, markdown.hours_said(task), link(task)]
                            for task in week.tasks
                        ],
                    }
                    for week in phase.weeks
                ],
            }
            for phase in pathway.phases
        ],
    }


def _read(link: Link) -> dict[str, Any]:
    return {"line": markdown.read_line(link, SITE), "entry": calendar.read_line(link, SITE), "domain": link.is_domain}


def _text(lines: Any) -> str:
    return "\n".join(lines)
