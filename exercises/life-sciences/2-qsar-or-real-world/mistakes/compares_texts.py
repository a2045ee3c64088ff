"""Takes two texts for two compounds: the copy of a compound is then tested by a model that has learned it.

fails: test_one_spelling
overrides: molecules.py
"""


def standardize(smiles):
    return [text.strip() for text in smiles]
