"""Spells every compound in one way, but keeps its counter-ion: the hydrochloride counts as another compound.

fails: test_one_spelling
overrides: molecules.py
"""

from rdkit import Chem


def standardize(smiles):
    return [Chem.MolToSmiles(Chem.MolFromSmiles(text)) for text in smiles]
