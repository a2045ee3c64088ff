"""Where the handbook stands, for the links of a plan."""

import re

from wardround.planner.faults import PlanError
from wardround.site import HANDBOOK


def address(given: str | None = None) -> str:
    """Return the address `given`, or else our own, with a slash at its end."""
    if given:
        if not re.match(r"https?://[^\s/]+", given):
            raise PlanError(
                f"{given} is not the address of a site. Write it whole, such as https://example.org/ward-round/."
            )
        return given.rstrip("/") + "/"
    return HANDBOOK
