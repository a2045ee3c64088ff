"""Writes no stereochemistry, so two mirror images become one compound with the mean of two activities.

fails: test_one_spelling
overrides: molecules.py
"""

from molecules import standardize as right
from rdkit import Chem


def standardize(smiles):
    return [Chem.MolToSmiles(Chem.MolFromSmiles(text), isomericSmiles=False) for text in right(smiles)]
