"""A kernel of similarities, salts cut off by a list, scaffolds filled in by size."""

import random
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator
from rdkit.Chem.MolStandardize import rdMolStandardize
from rdkit.Chem.Scaffolds import MurckoScaffold
from sklearn.kernel_ridge import KernelRidge

from wardround.hospital import build

RDLogger.DisableLog("rdApp.*")  # rdkit tells every step that it takes
SPLITS = range(5)  # the seeds over which a score is averaged
SHARE = 0.20  # of the compounds, held back
FINGERPRINTS = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024, includeChirality=True)


@lru_cache(maxsize=10_000)
def bits_of(smiles: str) -> np.ndarray:
    """Describe a compound by 1,024 zeros and ones: which small neighborhoods of atoms it has. This is given."""
    return FINGERPRINTS.GetFingerprintAsNumPy(Chem.MolFromSmiles(smiles))


def bits(smiles: pd.Series) -> np.ndarray:
    """Describe compounds, one row each: shape (n, 1024). This is given."""
    return np.array([bits_of(text) for text in smiles], dtype=float)


def one_row_each(samples: pd.DataFrame) -> pd.DataFrame:
    """Make one row of all samples of a compound, with the mean of its activities. This is given; it uses standardize().

    Args:
        samples: one row per measured sample, in no order, with `smiles` and `activity`.
    """
    named = samples.assign(smiles=list(standardize(list(samples["smiles"]))))
    return named.groupby("smiles", as_index=False)["activity"].mean()


def random_split(molecules: pd.DataFrame, seed: int) -> np.ndarray:
    """Hold back a fifth of the compounds by lot: True for those. This is given."""
    order = np.random.default_rng(seed).permutation(len(molecules))
    return order < SHARE * len(molecules)


def r2(activity: np.ndarray, predicted: np.ndarray) -> float:
    """Say which part of the activity's variation is predicted: 1 all, 0 no more than by its mean. This is given."""
    activity, predicted = np.asarray(activity, float), np.asarray(predicted, float)
    return float(1 - np.sum((activity - predicted) ** 2) / np.sum((activity - activity.mean()) ** 2))


class Scores(NamedTuple):
    """R2 on both splits."""

    random: float
    scaffold: float


def standardize(smiles):
    names = []
    for text in smiles:
        parts = [Chem.MolFromSmiles(part) for part in text.split(".")]
        molecule = max(parts, key=lambda part: part.GetNumHeavyAtoms())
        names.append(Chem.MolToSmiles(rdMolStandardize.ChargeParent(molecule)))
    return tuple(names)


def scaffold_split(molecules, seed):
    members = defaultdict(list)
    for row, text in enumerate(molecules["smiles"]):
        members[MurckoScaffold.MurckoScaffoldSmiles(smiles=text)].append(row)
    groups = [members[name] for name in sorted(members)]
    random.Random(seed).shuffle(groups)
    held, wanted = [False] * len(molecules), round(SHARE * len(molecules))
    for rows in groups:
        if sum(held) + len(rows) <= wanted:
            for row in rows:
                held[row] = True
    return held


def alike(a, b):
    a, b = bits(a["smiles"]), bits(b["smiles"])
    shared = a @ b.T
    return shared / (a.sum(axis=1)[:, None] + b.sum(axis=1) - shared)


def predict(known, new):
    center = known["activity"].mean()
    model = KernelRidge(alpha=0.3, kernel="precomputed").fit(alike(known, known), known["activity"] - center)
    return pd.Series(model.predict(alike(new, known)) + center, index=new.index)


def scores(molecules):
    def mean(split):
        each = []
        for seed in SPLITS:
            held = np.array(split(molecules, seed))
            train, test = molecules.loc[~held], molecules.loc[held]
            each.append(r2(test["activity"], predict(train, test)))
        return sum(each) / len(each)

    return Scores(mean(random_split), mean(scaffold_split))


def shuffled(molecules, seed):
    mixed = molecules.copy()
    mixed["activity"] = molecules["activity"].sample(frac=1, random_state=seed).to_numpy()
    return scores(mixed).random


def inside(known, new):
    near = np.sort(alike(new, known), axis=1)[:, -3:].mean(axis=1)
    return (near >= 0.3).tolist()


def main() -> None:
    """Print the numbers for molecules.yaml."""
    samples = build(seed=1).public("compounds")
    measured = samples[samples["status"] == "measured"]
    proposed = samples[samples["status"] == "proposed"].reset_index(drop=True)
    molecules = one_row_each(measured)
    print(f"samples: {len(measured)}\ncompounds: {len(molecules)}")
    found = scores(molecules)
    print(f"r2_random: {found.random:.2f}\nr2_scaffold: {found.scaffold:.2f}")
    print(f"r2_shuffled: {shuffled(molecules, seed=1):.2f}")
    proposed["smiles"] = list(standardize(list(proposed["smiles"])))
    near = np.asarray(inside(molecules, proposed))
    print(f"outside: {int((~near).sum())} of {len(proposed)} proposals")
    if not near.any():
        return
    best = proposed[near].assign(predicted=predict(molecules, proposed.loc[near, ["smiles"]]))
    print("The five that are inside and predicted highest:")
    for row in best.nlargest(5, "predicted").itertuples():
        print(f"    sample {row.sample_id}: {row.predicted:.2f}  {row.smiles}")


if __name__ == "__main__":
    main()
