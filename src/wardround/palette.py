"""The colours, once: pages, diagrams, charts, the book and the report of a graded run all take them from here.

Ten tokens. `ground` is the page, `paper` a box on it, `surface` something chosen or hovered; `ink` is text, `muted`
text that can wait; `brand` is what can be followed, `accent` what must be noticed; `good` and `caution` judge; `line`
only separates and never carries meaning alone.
"""

import colorsys
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

Mode = Literal["light", "dark"]

# Contrast on ground, WCAG 2.2: ink 15.8, muted 6.4, brand 7.2, accent 6.0, good 6.5, caution 5.9 (AA asks 4.5).
LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "ground": "#FFFFFF",
        "paper": "#F6F8F7",
        "surface": "#E6F0EF",
        "ink": "#16252B",
        "muted": "#50626A",
        "brand": "#0B6168",
        "accent": "#A8432B",
        "good": "#2B6A3F",
        "caution": "#8A5A00",
        "line": "#D5DEDD",
    }
)
# Contrast on ground: ink 14.1, muted 8.2, brand 9.1, accent 8.0, good 9.3, caution 9.5.
DARK: Mapping[str, str] = MappingProxyType(
    {
        "ground": "#10181B",
        "paper": "#172226",
        "surface": "#1C2B30",
        "ink": "#DCE6E7",
        "muted": "#9FB2B6",
        "brand": "#6CC7C9",
        "accent": "#F0967C",
        "good": "#7CCB94",
        "caution": "#E3B65C",
        "line": "#2C3B40",
    }
)


READABLE = 4.5  # the contrast that WCAG 2.2 AA asks of text
GROUNDS = ("ground", "paper", "surface")  # what text stands on


def css_variables(mode: Mode, brand: str = "") -> dict[str, str]:
    """The tokens of a mode as Furo's `light_css_variables` or `dark_css_variables`: `ink` becomes `--ink`.

    docs/_static/handbook.css says which of Furo's own variables follow which token.
    """
    return dict(colours(mode, brand))


def colours(mode: Mode, brand: str = "") -> Mapping[str, str]:
    """The tokens of a mode; with a course's own `brand` colour (`#RRGGBB`), as near to it as can be read."""
    own = LIGHT if mode == "light" else DARK
    return MappingProxyType({**own, "brand": readable(brand, mode)}) if brand else own


def for_print(config: Any) -> Mapping[str, str]:
    """The light tokens as a Sphinx configuration has them: with `handbook_brand` where that is set."""
    return colours("light", getattr(config, "handbook_brand", ""))


def readable(colour: str, mode: Mode) -> str:
    """The colour nearest to `#RRGGBB` in its own hue that reaches 4.5:1 on every ground of the mode.

    It is darkened step by step in the light mode and lightened in the dark one; one that is readable stays as it is.
    """
    tokens, step = (LIGHT, -1) if mode == "light" else (DARK, 1)
    hue, lightness, saturation = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    tried = colour.upper()
    for level in range(1, 257):
        if all(contrast(tried, tokens[ground]) >= READABLE for ground in GROUNDS):
            break
        lighter = min(1.0, max(0.0, lightness + step * level / 256))
        tried = "#" + "".join(f"{round(255 * part):02X}" for part in colorsys.hls_to_rgb(hue, lighter, saturation))
    return tried


def contrast(one: str, other: str) -> float:
    """The WCAG 2.2 contrast ratio of two `#RRGGBB` colours: 1 (the same) to 21 (black on white).

    Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    """
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The WCAG 2.2 relative luminance of `#RRGGBB`: 0 (black) to 1 (white)."""
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
