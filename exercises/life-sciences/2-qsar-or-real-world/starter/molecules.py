"""Molecules: what a model knows of compounds, and how far from home it still knows it (QSAR).

Run `python molecules.py`: it prints the numbers for molecules.yaml. It needs `pip install "wardround[chem]"`.
The compounds are invented, and so are their activities. For learning, not for clinical use.
"""

from functools import lru_cache

import numpy as np
import pandas as pd
from rdkit import Chem, RDLogger
from rdkit.Chem import rdFingerprintGenerator

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


def standardize(smiles: list[str]) -> list[str]:
    """Write each compound in one way, however it was written, and without what makes it a salt.

    Args:
        smiles: texts such as "CN(C)c1ccccc1.Cl", "[Cl-].C[NH+](C)c1ccccc1" and "c1ccc(cc1)N(C)C": one compound.

    Returns:
        A SMILES for each of them, in their order: the same text for the same compound. Mirror images are two compounds.
    """
    # TODO: rdkit works on molecules, so make one of each text: Chem.MolFromSmiles(text). Then three steps:
    #       the part that is not the counter-ion, FragmentParent(molecule); its charge taken away,
    #       Uncharger().uncharge(molecule); and rdkit's own spelling, Chem.MolToSmiles(molecule). The first two are in
    #       rdkit.Chem.MolStandardize.rdMolStandardize.
    raise NotImplementedError("standardize is not written yet")


def scaffold_split(molecules: pd.DataFrame, seed: int) -> np.ndarray:
    """Hold back a fifth of the compounds, by whole scaffolds.

    Args:
        molecules: one row per compound, with `smiles` and `activity`.
        seed: another seed holds back other scaffolds; the same seed the same ones.

    Returns:
        True for each row that is held back, False for the others, in the rows' order.
    """
    # TODO: rdkit.Chem.Scaffolds.MurckoScaffold.MurckoScaffoldSmiles(text) names a compound's scaffold.
    #       Sort them (a set has another order in each run), draw some, and stop when a fifth is reached.
    raise NotImplementedError("scaffold_split is not written yet")


def predict(known: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Learn from known compounds and predict the activity of new ones.

    Args:
        known: one row per compound, with `smiles` and `activity`.
        new: one row per compound, with `smiles` alone.

    Returns:
        One activity for each row of `new`, in its order.
    """
    # TODO: bits() of both; a linear model with a penalty (Ridge) is enough.
    raise NotImplementedError("predict is not written yet")


def scores(molecules: pd.DataFrame) -> dict[str, float]:
    """Score your predictions by the easy split and by the harder one.

    Returns:
        `random` and `scaffold`: each the mean over SPLITS of r2() on the rows that the split holds back.
    """
    # TODO: for each seed of SPLITS: split, predict what is held back from the others, r2(). Then the mean.
    #       Whatever looks at an activity may only see the rows that are not held back.
    raise NotImplementedError("scores is not written yet")


def shuffled(molecules: pd.DataFrame, seed: int) -> float:
    """Score once more with the activities shuffled, so that nothing is left to learn.

    Args:
        molecules: one row per compound, with `smiles` and `activity`.
        seed: for the shuffle.

    Returns:
        `scores()["random"]` of the shuffled table.
    """
    # TODO: which column is shuffled, and which must stay where it is?
    raise NotImplementedError("shuffled is not written yet")


def inside(known: pd.DataFrame, new: pd.DataFrame) -> np.ndarray:
    """Say which new compounds are near enough to known ones for a prediction to mean something.

    Args:
        known: one row per compound, with `smiles`.
        new: one row per compound, with `smiles`.

    Returns:
        True for each row of `new` that lies inside the domain of the known compounds, in its order.
    """
    # TODO: for each new compound its nearest known one: the largest Tanimoto similarity, which is the bits that
    #       both have, divided by the bits that either has.
    raise NotImplementedError("inside is not written yet")


def show_scores(molecules: pd.DataFrame, proposed: pd.DataFrame) -> None:
    """Print the two scores, and the one that must show nothing."""
    found = scores(molecules)
    print(f"r2_random: {found['random']:.2f}\nr2_scaffold: {found['scaffold']:.2f}")
    print(f"r2_shuffled: {shuffled(molecules, seed=1):.2f}")


def show_proposals(molecules: pd.DataFrame, proposed: pd.DataFrame) -> None:
    """Print how many proposals are outside, and the best of the others."""
    near = np.asarray(inside(molecules, proposed))
    print(f"outside: {int((~near).sum())}")
    print(f"(The others of the {len(proposed)} proposals are inside.)")
    if not near.any():
        return
    best = proposed[near].assign(predicted=predict(molecules, proposed.loc[near, ["smiles"]]))
    print("The five that are inside and predicted highest:")
    for row in best.nlargest(5, "predicted").itertuples():
        print(f"    sample {row.sample_id}: {row.predicted:.2f}  {row.smiles}")


def main() -> None:
    """Print the numbers for molecules.yaml, as far as the functions are written."""
    samples = build(seed=1).public("compounds")
    measured = samples[samples["status"] == "measured"]
    proposed = samples[samples["status"] == "proposed"].reset_index(drop=True)
    try:
        molecules = one_row_each(measured)
        proposed["smiles"] = list(standardize(list(proposed["smiles"])))
    except NotImplementedError as error:
        print(f"({error})")
        return
    print(f"samples: {len(measured)}\ncompounds: {len(molecules)}")
    for show in (show_scores, show_proposals):
        try:
            show(molecules, proposed)
        except NotImplementedError as error:
            print(f"({error})")


if __name__ == "__main__":
    main()
