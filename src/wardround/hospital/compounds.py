"""A laboratory's compounds, written as SMILES: relatives that share a scaffold, measured twice under two spellings.

A compound is two rings with a linker between them (its Bemis-Murcko scaffold) and a substituent on each ring. Its true
activity adds up a part for every piece, and one that belongs to this very scaffold and to no other: whoever predicts a
relative of what was measured knows that part, whoever predicts a new scaffold cannot. The pieces' parts are drawn anew
for each seed. The compounds are invented; none stands for a medicine or a target.

Only text is put together here, so that no chemistry package is needed.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from wardround.hospital.stream import Floats, Ints, Table, stream

SCAFFOLDS = 60
MEASURED = 420
REPEATS = 60
"""Samples that were measured a second time, under another spelling."""
PROPOSALS = 60
FAR = 20
"""Proposals that resemble nothing that was measured; the others are new relatives."""
NOISE = 0.30
"""Standard deviation of one measurement, in log units."""
SPREAD = {"ring": 0.50, "linker": 0.30, "substituent": 0.60, "scaffold": 0.50}
"""Standard deviation of what each piece adds to the activity, in log units."""
HANDS = 0.6
"""What one mirror image has more than the mean of both, in log units; the other has as much less."""
_MEAN = 6.2
_HANDED = 4  # scaffolds of which both mirror images are measured
_SALTS = 20  # of the repeats: the salt of what was measured first

# A ring is written twice: as the head of a text, with its substituent before it, and as its tail.
_RINGS = (
    ("c1ccc(cc1)", "c1ccc(cc1)"),
    ("c1ccc(nc1)", "c1ccc(cn1)"),
    ("c1ncc(cn1)", "c1cnc(nc1)"),
    ("c1ccc(s1)", "c1ccc(s1)"),
    ("c1ccc(o1)", "c1ccc(o1)"),
    ("c1nc(cs1)", "c1csc(n1)"),
    ("C1CCC(CC1)", "C1CCC(CC1)"),
    ("c1ccc2cc(ccc2c1)", "c1ccc2cc(ccc2c1)"),
    ("c1cnc(cn1)", "c1cnc(cn1)"),
)
# Forward and backward. The last has two mirror images; turned round, @ and @@ change places.
_LINKERS = (
    ("C(=O)N", "NC(=O)"),
    ("NC(=O)", "C(=O)N"),
    ("S(=O)(=O)N", "NS(=O)(=O)"),
    ("CO", "OC"),
    ("NC(=O)N", "NC(=O)N"),
    ("CSC", "CSC"),
    ("C(=O)N[C@H](C)", "[C@@H](C)NC(=O)"),
)
_HANDED_LINKER = 6
_OTHER_HAND = ("C(=O)N[C@@H](C)", "[C@H](C)NC(=O)")
_SUBSTITUENTS = (  # as a head and as a tail
    ("", ""),
    ("F", "F"),
    ("Cl", "Cl"),
    ("C", "C"),
    ("CO", "OC"),
    ("FC(F)(F)", "C(F)(F)F"),
    ("N#C", "C#N"),
    ("CN(C)", "N(C)C"),
    ("OC(=O)", "C(=O)O"),
    ("CC(C)", "C(C)C"),
    ("NC(=O)", "C(N)=O"),
    ("CS(=O)(=O)", "S(C)(=O)=O"),
)
# What a substituent becomes in a salt: its tail, and the ion beside it.
_SALT_OF = {7: (("[NH+](C)C", "[Cl-]"), ("N(C)C", "Cl")), 8: (("C(=O)[O-]", "[Na+]"), ("C(=O)[O-]", "[K+]"))}


@dataclass(frozen=True)
class Compound:
    """One compound by its pieces: places in the lists of this module."""

    first: int
    linker: int
    second: int
    head: int  # the substituent of the first ring
    tail: int  # and of the second
    other_hand: bool

    def forward(self) -> str:
        """Write it from the first ring to the second."""
        return self._written(self.first, self.head, self._linker()[0], self.second, _SUBSTITUENTS[self.tail][1])

    def backward(self) -> str:
        """Write the same compound from the second ring to the first."""
        return self._written(self.second, self.tail, self._linker()[1], self.first, _SUBSTITUENTS[self.head][1])

    def salts(self) -> list[str]:
        """Write it as a salt: none if it has neither an acid nor a base at the end of its text."""
        written = []
        for tail, ion in _SALT_OF.get(self.tail, ()):
            text = self._written(self.first, self.head, self._linker()[0], self.second, tail)
            written += [f"{text}.{ion}", f"{ion}.{text}"]
        return written

    def _linker(self) -> tuple[str, str]:
        return _OTHER_HAND if self.other_hand else _LINKERS[self.linker]

    @staticmethod
    def _written(ring: int, substituent: int, linker: str, other: int, tail: str) -> str:
        return _SUBSTITUENTS[substituent][0] + _RINGS[ring][0] + linker + _RINGS[other][1] + tail


def make_compounds(seed: int) -> Table:
    """Make a laboratory's samples: those that were measured, and those that somebody proposes to make.

    Columns: sample_id, status ("measured" or "proposed"), smiles, activity (pIC50, NaN for a proposal). Hidden:
    `_compound` (the same number for samples of the same compound), `_scaffold` (0 for what is far), `_activity`
    (without the error of measurement; NaN for what is far), `_far`.
    """
    r = stream(seed, "compounds")
    families, spare = _families(r)
    compounds = [compound for family in families for compound in family]
    scaffold = np.repeat(np.arange(len(families)) + 1, [len(family) for family in families])
    true = _activities(r, [*compounds, *spare], families)
    repeated = _repeated(r, compounds)
    near = len(spare)
    of = np.concatenate([np.arange(len(compounds)), repeated])  # each sample's compound
    smiles = [compound.forward() if r.random() < 0.6 else compound.backward() for compound in compounds]
    for number in repeated.tolist():
        compound, first = compounds[number], smiles[number]
        salts = compound.salts()
        other = compound.backward() if first == compound.forward() else compound.forward()
        smiles.append(str(r.choice(salts)) if salts else other)
    measured = np.round(true[of] + r.normal(0, NOISE, len(of)), 2)
    smiles += [compound.forward() for compound in spare] + _far(r)
    n, none = len(smiles), np.full(FAR, np.nan)
    number_of = {_scaffold_of(family[0]): place + 1 for place, family in enumerate(families)}
    return {
        "sample_id": 1 + r.permutation(n),
        "status": np.where(np.arange(n) < len(of), "measured", "proposed"),
        "smiles": np.array(smiles),
        "activity": np.concatenate([measured, np.full(near + FAR, np.nan)]),
        "_compound": np.concatenate([of + 1, len(compounds) + 1 + np.arange(near + FAR)]),
        "_scaffold": np.concatenate(
            [scaffold[of], [number_of[_scaffold_of(compound)] for compound in spare], np.zeros(FAR, dtype=np.int64)]
        ),
        "_activity": np.concatenate([true[of], true[len(compounds) :], none]),
        "_far": np.arange(n) >= n - FAR,
    }


def compound_truth(table: Table) -> pd.DataFrame:
    """Tell what each sample really is: one row per sample, in the order of sample_id.

    Columns: sample_id, compound (the same number for the same compound), scaffold (a number; 0 for what is far),
    activity (without the error of measurement, NaN for what is far) and far.
    """
    hidden = {name: table[f"_{name}"] for name in ("compound", "scaffold", "activity", "far")}
    frame = pd.DataFrame({"sample_id": table["sample_id"], **hidden})
    return frame.sort_values("sample_id").reset_index(drop=True)


def _scaffold_of(compound: Compound) -> tuple[int, int, int]:
    return compound.first, compound.linker, compound.second


def _families(r: np.random.Generator) -> tuple[list[list[Compound]], list[Compound]]:
    """Return the measured compounds by scaffold, and new relatives of the larger families."""
    scaffolds = _scaffolds(r)
    shares = r.lognormal(0, 0.8, SCAFFOLDS)
    sizes = np.maximum(3, np.round(MEASURED * shares / shares.sum())).astype(int)
    families, spare = [], []
    for (first, linker, second), size in zip(scaffolds, np.minimum(sizes, 40).tolist(), strict=True):
        pairs = r.permutation(len(_SUBSTITUENTS) ** 2)
        hands = (False, True) if linker == _HANDED_LINKER else (False,)
        all_of_it = [
            Compound(first, linker, second, *divmod(int(pair), len(_SUBSTITUENTS)), other_hand)
            for pair in pairs
            for other_hand in hands
        ]
        made = size + size % len(hands)  # both hands of each
        families.append(all_of_it[:made])
        if made >= 6:
            spare += all_of_it[made : made + 8]
    return families, [spare[n] for n in r.permutation(len(spare))[: PROPOSALS - FAR]]


def _scaffolds(r: np.random.Generator) -> list[tuple[int, int, int]]:
    """Draw scaffolds, none twice; a chain that reads the same from its other end is the same scaffold."""
    found: dict[str, tuple[int, int, int]] = {}
    while len(found) < SCAFFOLDS:
        first, second = (int(n) for n in r.choice(len(_RINGS), 2, replace=False))
        linker = _HANDED_LINKER if len(found) < _HANDED else int(r.integers(_HANDED_LINKER))
        bare = Compound(first, linker, second, 0, 0, False)
        found.setdefault(min(bare.forward(), bare.backward()), (first, linker, second))
    return list(found.values())


def _activities(r: np.random.Generator, compounds: list[Compound], families: list[list[Compound]]) -> Floats:
    """Add up what the pieces of each compound are worth."""
    rings, linkers, substituents = (
        r.normal(0, SPREAD[piece], len(known))
        for piece, known in (("ring", _RINGS), ("linker", _LINKERS), ("substituent", _SUBSTITUENTS))
    )
    own = {_scaffold_of(family[0]): r.normal(0, SPREAD["scaffold"]) for family in families}
    hand = HANDS * (1 if r.random() < 0.5 else -1)
    return np.array(
        [
            _MEAN
            + rings[c.first]
            + linkers[c.linker]
            + rings[c.second]
            + substituents[c.head]
            + substituents[c.tail]
            + own[_scaffold_of(c)]
            + (hand * (-1 if c.other_hand else 1) if c.linker == _HANDED_LINKER else 0.0)
            for c in compounds
        ]
    )


def _repeated(r: np.random.Generator, compounds: list[Compound]) -> Ints:
    """Choose which compounds are measured twice: some that come back as a salt, and others."""
    salty = np.array([bool(compound.salts()) for compound in compounds])
    order = r.permutation(len(compounds))
    some = order[salty[order]][:_SALTS]
    return np.concatenate([some, order[~salty[order]][: REPEATS - len(some)]])


def _far(r: np.random.Generator) -> list[str]:
    """Write molecules of other worlds: fats, sugars, peptides, crown ethers, steroids, silicones."""
    written: dict[str, None] = {}
    residues = ("C", "CO", "CC(C)C", "CCCCN", "CCC(=O)O", "CS")
    while len(written) < FAR:
        n, kind = int(r.integers(4, 12)), int(r.integers(6))
        chosen = r.choice(residues, 3 + n % 4)
        text = (
            "C" * (n + 8) + "(=O)O",
            "OCC1OC(" + "OC" * (n % 4) + "O)C(O)C(O)C1O",
            "".join(f"NC({residue})C(=O)" for residue in chosen) + "O",
            "C1COCC" + "OCC" * (n - 2) + "O1",
            "CC12CCC3C(C1CCC2" + "C" * (n - 4) + "O)CCC4CC(O)CCC34C",
            "C[Si](C)(C)" + "O[Si](C)(C)" * (n - 2) + "C",
        )[kind]
        written.setdefault(text)
    return list(written)
