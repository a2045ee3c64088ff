"""Where the handbook stands on the web: the one address that the pages, the scorecard and the commands share."""

import os

HANDBOOK = "https://wardround.github.io/wardround/"  # WARDROUND_URL in the environment stands in for it
EXPLAINED = "after-100-points"  # the section of a phase's page that explains how the solution decides


def page(name: str, section: str = "") -> str:
    """Return the address of a page such as `guide/why`, or of a section of it."""
    return f"{(os.environ.get('WARDROUND_URL') or HANDBOOK).rstrip('/')}/{name}.html{'#' + section if section else ''}"


def phase_page(pathway: str, phase: int, section: str = "") -> str:
    """Return the address of a phase of a pathway."""
    return page(f"pathways/{pathway}/phase-{phase}", section)
