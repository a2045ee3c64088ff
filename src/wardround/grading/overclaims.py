"""Sentences that claim more than a study shows: a word that claims, and no word that takes it back.

Only words are seen. What claims in words that nobody listed is for a person to judge.
"""

import re

_CLAUSES = re.compile(r"[;:]|,(?!\d)|\b(?=(?:because|but|although|though|while|whereas|yet|so)\b)", re.IGNORECASE)


def overclaim(text: str, claims: str, hedges: str, *, anywhere: bool = False, later: bool = False) -> str:
    """Return the first word that claims and that no hedge takes back; "" if there is none.

    Args:
        text: One sentence or a few.
        claims: A regular expression of words that claim, such as `saves?|proves?`.
        hedges: One of words that take a claim back, such as `whether|cannot`. They count in the claim's own clause:
            "it is not settled, but calls do help" still claims.
        anywhere: Whether a hedge anywhere in the text is enough, as `associated` is for `lower`.
        later: Whether a hedge in a clause behind the claim is enough: "fewer came back, but the interval holds both".
    """
    claim, hedge = (re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in (claims, hedges))
    clauses = _CLAUSES.split(text)
    for number, clause in enumerate(clauses):
        reach = text if anywhere else " ".join(clauses[number:]) if later else clause
        if (found := claim.search(clause)) and not hedge.search(reach):
            return found[0]
    return ""
