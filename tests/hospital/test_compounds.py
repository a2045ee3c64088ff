"""Compounds: one molecule under several spellings, a scaffold's own part, and proposals that are near or far."""

import numpy as np
import pytest

from wardround.hospital.compounds import FAR, NOISE, REPEATS, SCAFFOLDS, compound_truth, make_compounds

SEEDS = range(1, 7)


def measured(table) -> np.ndarray:
    return table["status"] == "measured"


def test_the_same_seed_gives_the_same_compounds() -> None:
    once, twice, other = make_compounds(3), make_compounds(3), make_compounds(4)
    assert all(np.array_equal(once[name], twice[name], equal_nan=once[name].dtype == float) for name in once)
    assert not np.array_equal(once["smiles"], other["smiles"])


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_are_as_described(seed: int) -> None:
    table = make_compounds(seed)
    here = measured(table)
    of, times = np.unique(table["_compound"][here], return_counts=True)
    assert len(np.unique(table["_scaffold"][here])) == SCAFFOLDS
    assert (times > 1).sum() == REPEATS
    assert 390 <= len(of) <= 460
    assert table["_far"].sum() == FAR
    assert len(table["sample_id"]) == len(np.unique(table["sample_id"]))
    assert np.isnan(table["activity"]).sum() == (~here).sum()
    assert np.isnan(table["_activity"]).sum() == FAR


@pytest.mark.parametrize("seed", SEEDS)
def test_a_compound_measured_twice_is_written_in_two_ways_and_keeps_its_activity(seed: int) -> None:
    table = make_compounds(seed)
    here = measured(table)
    frame = compound_truth(table).merge(
        compound_truth(table)[["sample_id"]].assign(
            smiles=table["smiles"][np.argsort(table["sample_id"])], here=here[np.argsort(table["sample_id"])]
        ),
        on="sample_id",
    )
    texts = frame[frame["here"]].groupby("compound")
    assert (texts["smiles"].nunique() == texts.size()).all()
    assert (texts["activity"].nunique() == 1).all()
    salts = frame["smiles"].str.contains(".", regex=False)
    assert salts.sum() == 20
    assert not salts[~frame["here"]].any()


def test_a_measurement_errs_by_the_noise_that_is_said() -> None:
    errors = []
    for seed in SEEDS:
        table = make_compounds(seed)
        errors.append((table["activity"] - table["_activity"])[measured(table)])
    assert np.concatenate(errors).std() == pytest.approx(NOISE, abs=0.02)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_chemist_reads_them_as_they_were_meant(seed: int) -> None:
    pytest.importorskip("rdkit")
    from rdkit import Chem, DataStructs, RDLogger
    from rdkit.Chem import rdFingerprintGenerator
    from rdkit.Chem.MolStandardize import rdMolStandardize
    from rdkit.Chem.Scaffolds.MurckoScaffold import MurckoScaffoldSmiles

    RDLogger.DisableLog("rdApp.*")
    table = make_compounds(seed)
    uncharger = rdMolStandardize.Uncharger()
    parents = [rdMolStandardize.FragmentParent(Chem.MolFromSmiles(text)) for text in table["smiles"]]
    names = [Chem.MolToSmiles(uncharger.uncharge(parent)) for parent in parents]
    assert len(set(names)) == len(set(zip(names, table["_compound"], strict=True))) == len(set(table["_compound"]))
    related = ~table["_far"]
    scaffolds = [MurckoScaffoldSmiles(smiles=name) for name, is_in in zip(names, related, strict=True) if is_in]
    pairs = set(zip(scaffolds, table["_scaffold"][related], strict=True))
    assert len(pairs) == len(set(scaffolds)) == SCAFFOLDS
    make = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=1024)
    prints = [make.GetFingerprint(Chem.MolFromSmiles(name)) for name in names]
    known = [one for one, here in zip(prints, measured(table), strict=True) if here]
    nearest = np.array([max(DataStructs.BulkTanimotoSimilarity(one, known)) for one in prints])
    assert nearest[table["_far"]].max() < 0.30
    assert nearest[related].min() > 0.35


def test_mirror_images_are_measured_and_differ() -> None:
    table = make_compounds(1)
    here = np.flatnonzero(measured(table) & np.array(["@" in text for text in table["smiles"]]))
    without_hand: dict[str, set[float]] = {}
    for n in here:
        without_hand.setdefault(table["smiles"][n].replace("@", ""), set()).add(round(float(table["_activity"][n]), 6))
    assert sum(len(values) == 2 for values in without_hand.values()) >= 3
