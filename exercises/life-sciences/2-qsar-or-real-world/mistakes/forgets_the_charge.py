"""Takes the counter-ion off and leaves its charge behind, so the salt is still another compound.

fails: test_one_spelling
overrides: molecules.py
"""

from rdkit import Chem


def standardize(smiles):
    return [Chem.MolToSmiles(Chem.MolFromSmiles(max(text.split("."), key=len))) for text in smiles]
