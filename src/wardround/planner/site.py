"""Where the handbook stands, for the links of a plan."""

import re
from importlib import metadata

from wardround.planner.faults import PlanError


def address(given: str | None = None) -> str:
    """Return the address `given`, or else the one that the package names, with a slash at its end."""
    if given:
        if not re.match(r"https?://[^\s/]+", given):
            raise PlanError(
                f"{given} is not the address of a site. Write it whole, such as https://example.org/ward-round/."
            )
        return given.rstrip("/") + "/"
    entries: list[str] = metadata.metadata("wardround").get_all("Project-URL") or []
    return dict(entry.split(", ", 1) for entry in entries)["Documentation"]
