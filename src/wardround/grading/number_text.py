"""Numbers as people write them: why a text is none, and how it is written."""

import re


def is_number(text: str) -> bool:
    """Return whether a text reads as a number, finite or not."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def number_remedy(text: str, *, example: str = "0.25", share: bool = True) -> str:
    """Return what to write in place of a text that is no number.

    Args:
        text: What stands there, such as "20 %", "1,5" or "15 min".
        example: A number that could stand there.
        share: Whether a percentage can only mean a share of 1.
    """
    text = text.strip()[:100]  # an expression that backtracks would take long on a long one
    if match := re.fullmatch(r"([+-]?\d+)(?:[.,](\d+))?\s*%", text):
        value = float(f"{match[1]}.{match[2] or 0}")
        return f"Write {value / 100:g} for {text}." if share else f"Write {value:g} or, for a share, {value / 100:g}."
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
        return f"Write {text.replace(',', '')}, or {text.replace(',', '.')} with a point if the comma is a decimal one."
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f"Write a point, not a comma: {text.replace(',', '.')}."
    if re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+", text):
        return f"Write it without spaces or commas: {re.sub(r'[^0-9+-]', '', text)}."
    if re.fullmatch(r"\d+(?:\.\d+)?\s*(?:-|–|to)\s*\d+(?:\.\d+)?.*", text):
        return "Write one number, not a range."
    if (match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:/|÷|of)\s*(\d+(?:\.\d+)?)", text)) and float(match[2]):
        return f"Write what the division gives: {float(match[1]) / float(match[2]):.3g}."
    if match := re.fullmatch(r"(?:[A-Z]{3}\s*|[<>≤≥~$€£]\s*)?([+-]?\d+(?:\.\d+)?)(?:\s*[A-Za-zµ€$£/°]\D*)?", text):
        return f"Write the number without its unit or sign: {match[1]}."
    return f"Write digits only, such as {example}, without a unit."
