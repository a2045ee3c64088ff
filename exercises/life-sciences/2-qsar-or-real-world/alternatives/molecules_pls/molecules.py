"""Partial least squares on counted neighborhoods; a domain by rdkit's own similarity."""

from functools import lru_cache

import numpy as np
import pandas as pd
from rdkit import Chem, DataStructs, RDLogger
from rdkit.Chem import rdFingerprintGenerator
from rdkit.Chem.MolStandardize import rdMolStandardize
from rdkit.Chem.Scaffolds import MurckoScaffold
from sklearn.cross_decomposition import PLSRegression

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


@lru_cache(maxsize=10_000)
def generic(smiles):
    """Name the scaffold with every atom made carbon: a coarser family, which keeps relatives together as well."""
    return MurckoScaffold.MurckoScaffoldSmiles(smiles=smiles, includeChirality=False)


@lru_cache(maxsize=10_000)
def counts(smiles):
    return FINGERPRINTS.GetCountFingerprintAsNumPy(Chem.MolFromSmiles(smiles)).astype(float)


def standardize(smiles):
    neutral = rdMolStandardize.Uncharger()
    largest = rdMolStandardize.LargestFragmentChooser()
    molecules = (Chem.MolFromSmiles(text) for text in smiles)
    return pd.Series([Chem.MolToSmiles(neutral.uncharge(largest.choose(one))) for one in molecules])


def scaffold_split(molecules, seed):
    families = molecules["smiles"].map(generic)
    draw = pd.Series(np.random.default_rng(seed).random(families.nunique()), index=sorted(families.unique()))
    order = families.map(draw)
    sizes = order.groupby(order).size().sort_index().cumsum()
    return order <= sizes.index[(sizes - SHARE * len(molecules)).abs().argmin()]


def predict(known, new):
    model = PLSRegression(n_components=8, scale=False)
    model.fit(np.array([counts(text) for text in known["smiles"]]), known["activity"])
    return model.predict(np.array([counts(text) for text in new["smiles"]])).reshape(-1, 1)


def scores(molecules):
    found = {"random": [], "scaffold": []}
    for seed in SPLITS:
        for name, split in (("random", random_split), ("scaffold", scaffold_split)):
            held = np.asarray(split(molecules, seed))
            predicted = predict(molecules[~held], molecules[held].drop(columns="activity"))
            found[name].append(r2(molecules["activity"][held], predicted.ravel()))
    return pd.Series({name: np.mean(values) for name, values in found.items()})


def shuffled(molecules, seed):
    r = np.random.RandomState(seed)
    return scores(molecules.assign(activity=r.permutation(molecules["activity"])))["random"]


def inside(known, new):
    make = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)
    prints = [make.GetFingerprint(Chem.MolFromSmiles(text)) for text in known["smiles"]]
    return pd.Series(
        [max(DataStructs.BulkTanimotoSimilarity(make.GetFingerprint(Chem.MolFromSmiles(t)), prints)) > 0.4
         for t in new["smiles"]]
    )  # fmt: skip


def main() -> None:
    """Print the numbers for molecules.yaml."""
    samples = build(seed=1).public("compounds")
    measured = samples[samples["status"] == "measured"]
    proposed = samples[samples["status"] == "proposed"].reset_index(drop=True)
    molecules = one_row_each(measured)
    print(f"samples: {len(measured)}\ncompounds: {len(molecules)}")
    found = scores(molecules)
    print(f"r2_random: {found['random']:.2f}\nr2_scaffold: {found['scaffold']:.2f}")
    print(f"r2_shuffled: {shuffled(molecules, seed=1):.2f}")
    proposed["smiles"] = list(standardize(list(proposed["smiles"])))
    near = np.asarray(inside(molecules, proposed))
    print(f"outside: {int((~near).sum())} of {len(proposed)} proposals")
    if not near.any():
        return
    best = proposed[near].assign(predicted=predict(molecules, proposed.loc[near, ["smiles"]]).ravel())
    print("The five that are inside and predicted highest:")
    for row in best.nlargest(5, "predicted").itertuples():
        print(f"    sample {row.sample_id}: {row.predicted:.2f}  {row.smiles}")


if __name__ == "__main__":
    main()
