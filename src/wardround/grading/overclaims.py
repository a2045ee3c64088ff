"""Sentences that claim more than a study shows: a word that claims, and no word that takes it back.

Only words are seen. What claims in words that nobody listed is for a person to judge.
"""

import re
from dataclasses import dataclass

_CLAUSES = re.compile(r"[;:]|,(?!\d)|\b(?=(?:because|but|although|though|while|whereas|yet|so)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claims:
    """Words that claim too much for a study, and those that take them back.

    Attributes:
        words: A regular expression, such as `saves?|proves?`.
        hedges: One of words that take a claim back, such as `whether|cannot`. They count in the claim's own clause:
            "it is not settled, but calls do help" still claims.
        anywhere: Whether a hedge anywhere in the text is enough, as `associated` is for `lower`.
        later: Whether a hedge in a clause behind the claim is enough: "fewer came back, but the interval holds both".
    """

    words: str
    hedges: str
    anywhere: bool = False
    later: bool = False


def overclaim(text: str, claims: Claims) -> str:
    """Return the first word of a text that claims and that no hedge takes back; "" if there is none."""
    claim, hedge = (re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (claims.words, claims.hedges))
    clauses = _CLAUSES.split(text)
    for number, clause in enumerate(clauses):
        reach = text if claims.anywhere else " ".join(clauses[number:]) if claims.later else clause
        if (found := claim.search(clause)) and not hedge.search(reach):
            return found[0]
    return ""
