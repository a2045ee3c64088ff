"""Numbers as people write them: why a text is none, and how it is written."""

import re

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_UNITS = {
    **{name: name for name in _SECONDS},
    "s": "second",
    "sec": "second",
    "min": "minute",
    "h": "hour",
    "hr": "hour",
    "d": "day",
    "wk": "week",
}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_SMALL = {word: n for n, word in enumerate([*_ONES.split(), "seventeen", "eighteen", "nineteen"])}
_TEN_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENS = {word: 10 * n for n, word in enumerate(_TEN_WORDS.split(), start=2)}
_MANY = {"k": 1000, "thousand": 1000, "million": 1_000_000, "dozen": 12}
_RATES = {"hourly": "1 an hour", "daily": "1 a day", "weekly": "1 a week", "once": "1 time", "twice": "2 times"}
_NUMBER = r"[+-]?\d+(?:\.\d+)?"
_RATE = r"(?:\bper\b|\ban?\b|\beach\b|\bevery\b|/)\s*(\w+)"


def is_number(text: str) -> bool:
    """Return whether a text reads as a number, finite or not."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def number_remedy(text: str, *, example: str = "0.25", share: bool = True, key: str = "", count: bool = False) -> str:
    """Return what to write in place of a text that is no number. A number is offered only where it is sure.

    Args:
        text: What stands there, such as "20 %", "1,5", "15 min" or "one week".
        example: A number that could stand there.
        share: Whether a percentage can only mean a share of 1.
        key: The key it stands at; `within_min` and `hours_a_week` name the unit that is meant.
        count: Whether something is counted, so that "21 of 60" means 21.
    """
    text = text.strip()[:100]  # an expression that backtracks would take long on a long one
    written, text = text, _in_digits(text)
    if text != written and is_number(text):
        return f"Write {text} for {written}."
    if remedy := _percent_remedy(text, written, share) or _money_remedy(text) or _separated(text):
        return remedy
    if re.fullmatch(r"\d+(?:\.\d+)?\s*(?:-|–|to)\s*\d+(?:\.\d+)?.*", text):
        return "Write one number, not a range."
    if (match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:/|÷|of)\s*(\d+(?:\.\d+)?)", text)) and float(match[2]):
        if count and "of" in text:
            return f"Write the count alone: {match[1]}."
        return f"Write what the division gives: {float(match[1]) / float(match[2]):.3g}."
    if match := re.fullmatch(rf"({_NUMBER})\s*({'|'.join(_MANY)})", text, re.IGNORECASE):
        return f"Write {float(match[1]) * _MANY[match[2].lower()]:.15g} for {written}."
    if match := re.fullmatch(rf"(?:[A-Z]{{3}}\s*|[<>≤≥~$€£]\s*)({_NUMBER})|({_NUMBER})\s*[€$£°]\w?", text):
        return f"Write the number without its unit or sign: {match[1] or match[2]}."
    if re.match(rf"{_NUMBER}\s*[A-Za-zµ/]", text):
        return _without_unit(text, written, key, example)
    return f"Write digits only, such as {example}, without a unit."


def _percent_remedy(text: str, written: str, share: bool) -> str:
    """Return what to write for a percentage; nothing if it is none. One below 0 may be a difference in points."""
    match = re.fullmatch(r"([+-]?\d+)(?:[.,](\d+))?\s*(?:%|per ?cent|pct)", text, re.IGNORECASE)
    if not match:
        return ""
    value = float(f"{match[1]}.{match[2] or 0}")
    if share and value >= 0:
        return f"Write {value / 100:g} for {written}."
    return f"Write {value:g} or, for a share, {value / 100:g}."


def _separated(text: str) -> str:
    """Return what to write for a number with commas, spaces or another minus; nothing for any other text."""
    if match := re.fullmatch(r"[\u2212\u2013]\s*(\d+(?:\.\d+)?)", text):
        return f"Type the minus sign of your keyboard: -{match[1]}."
    if re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", text):
        return f"Write {text.replace(',', '')}, or {text.replace(',', '.')} with a point if the comma is a decimal one."
    if re.fullmatch(r"[+-]?\d+,\d+", text):
        return f"Write a point, not a comma: {text.replace(',', '.')}."
    if re.fullmatch(r"[+-]?\d{1,3}([ ,'\u00a0\u202f]\d{3})+", text):
        return f"Write it without spaces or commas: {re.sub(r'[^0-9+-]', '', text)}."
    return ""


def _in_digits(text: str) -> str:
    """Return a text whose first words are a number with that in digits: `forty-one percent` as `41 percent`."""
    match = re.match(r"([A-Za-z]+)(?:[ -]([A-Za-z]+)\b)?", text)
    if not match:
        return text
    first, second = match[1].lower(), (match[2] or "").lower()
    if first in _TENS and 0 < _SMALL.get(second, 0) < 10:
        return f"{_TENS[first] + _SMALL[second]}{text[match.end() :]}"
    if first in {"half", "a", "an"} and (unit := re.fullmatch(r"(half )?an? (\w+)", text.lower())) and _unit(unit[2]):
        return f"{0.5 if unit[1] else 1} {unit[2]}"
    numbers = {**_SMALL, **_TENS, **_RATES}
    return f"{numbers[first]}{text[match.end(1) :]}" if first in numbers else text


def _without_unit(text: str, written: str, key: str, example: str) -> str:
    """Say how a number with words behind it is written: converted where the key names the unit, else without offer."""
    counted, _, period = re.sub(r"_(?:an?|per|each)_", " per ", key.lower()).partition(" per ")
    nouns = [word for word in counted.split("_") if word]
    wanted = next((_unit(word) for word in nouns if _unit(word)), "")
    what = f"{wanted}s" if wanted else counted.replace("_", " ")
    asked = f"Write how many {what}{f' in a {period}' if period else ''}, as digits"
    rate = re.search(_RATE, text)
    own = re.match(rf"({_NUMBER})\s*(?:x\b|{re.escape(counted.removesuffix('s'))}s?\b)?\s*(.*)$", text)
    if own and period and (not own[2] or (rate and rate[0] == own[2] and _same(rate[1], period))):
        return f"Write {own[1]} for {written}."
    if rate:
        return f"{asked}, such as {example}." if period else f"Write digits only, such as {example}, without a unit."
    parts = re.findall(rf"({_NUMBER})\s*([A-Za-z]*)", text)
    units = [_unit(unit) for _, unit in parts]
    if len(parts) == 2 and units == ["hour", ""]:  # 3 h 30
        units[1] = "minute"
    if wanted and all(units) and not re.sub(rf"{_NUMBER}|[A-Za-z]|\s", "", text):
        if units == [wanted]:
            return f"Write the number without its unit or sign: {parts[0][0]}."
        working = {"day", "week"} & {wanted, *units} and not {wanted, *units} <= {"day", "week"}
        if not working:  # how many hours a day has depends on whether it is one of work
            total = sum(float(n) * _SECONDS[unit] for (n, _), unit in zip(parts, units, strict=True))
            return f"Write {total / _SECONDS[wanted]:.6g} for {written}."
    if wanted or period:
        return f"{asked}, such as {example}."
    if any(units):
        return "Write digits only, in the unit that is asked for, and leave the unit out."
    if len(parts) == 1:
        return f"Write the number without its unit or sign: {parts[0][0]}."
    return f"Write digits only, such as {example}, without a unit."


def _unit(word: str) -> str:
    """Return the unit of time that a word names, `minute` for `mins`; nothing if it names none."""
    word = word.lower()
    return _UNITS.get(word) or _UNITS.get(word.removesuffix("s"), "")


def _same(word: str, other: str) -> bool:
    """Return whether two nouns are one but for their plural."""
    return word.lower().removesuffix("s") == other.lower().removesuffix("s")


def _money_remedy(text: str) -> str:
    """Return what to write in place of an amount as finance writes it; nothing if it is none."""
    if match := re.fullmatch(r"\(\s*[$€£]?\s*(\d[\d,]*(?:\.\d+)?)\s*\)", text):
        return f"Write a minus sign in place of the parentheses: -{match[1].replace(',', '')}."
    if match := re.fullmatch(r"([+-]?)\s*(?:[A-Z]{3}|[$€£])\s*([+-]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?)", text):
        return f"Write it without sign of money and commas: {match[1] or match[2]}{match[3].replace(',', '')}."
    if match := re.fullmatch(r"(?:[A-Z]{3}\s*|[$€£]\s*)([+-]?\d+(?:\.\d+)?)\s*(k|K|thousand|million)", text):
        return f"Write all digits: {float(match[1]) * (1e6 if match[2] == 'million' else 1e3):.0f}."
    return ""
