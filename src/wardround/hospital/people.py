"""Names of people who do not exist. Each seed has its own, so that a list of the practice names finds no others."""

import re
from dataclasses import dataclass

import numpy as np

from wardround.hospital.stream import stream

EPONYMS = ("Parkinson", "Crohn", "Graves", "Hodgkin", "Addison")
"""Surnames that are also the first word of a disease."""
WORDS = ("Rice", "Winter", "Stone", "Baker")
"""Surnames that are also ordinary words."""
_FIRST = (
    "Al Bri Cor Den El Fen Gar Hel Il Jor Kel Lor Mar Nev Or Per Ros Sal Tam Vin",
    "ana enna idor is ela emar ric issa don vik lia ora",
)
_LAST = (
    (
        "Ash Brack Cald Dun Ever Fallow Garr Hart Iron Kest Lark Mor North Oak Pen Quar Rams Stan Thorn Wex",
        "by dale field ford gate ham hurst ley mere ridge stead ton water well wick worth",
    ),
    (
        "Aba Cheli Dio Eku Ferra Gonda Hada Iwa Kova Luji Mora Nguo Oka Pate Rahi Sato Tana Ura Vasi Zha",
        "chi deva kura lenko lez moto nadze nko rani rez sova wari",
    ),
)


@dataclass(frozen=True)
class Person:
    """Somebody invented."""

    first: str
    last: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Every piece of the name that names: of O'Dunby-Hartley also Dunby and Hartley."""
        pieces = [piece for piece in re.split(r"[-']", self.last) if len(piece) > 2]
        return tuple(dict.fromkeys([self.first, self.last, *pieces]))


def make_people(seed: int, purpose: str, n: int) -> list[Person]:
    """Invent `n` people for one purpose; one in eight has the name of a disease, one in twelve that of a thing."""
    r = stream(seed, f"people/{purpose}")
    return [Person(_joined(r, _FIRST), make_surname(r)) for _ in range(n)]


def make_surname(r: np.random.Generator) -> str:
    """Invent a surname: some with an apostrophe or a hyphen, some that are words or diseases."""
    draw = r.random()
    if draw < 0.12:
        return str(r.choice(EPONYMS))
    if draw < 0.20:
        return str(r.choice(WORDS))
    plain = _joined(r, _LAST[int(r.integers(2))])
    if draw < 0.26:
        return "O'" + _joined(r, _LAST[0])
    if draw < 0.32:
        return f"{plain}-{_joined(r, _LAST[0])}"
    return plain


def _joined(r: np.random.Generator, halves: tuple[str, str]) -> str:
    return "".join(str(r.choice(half.split())) for half in halves)
