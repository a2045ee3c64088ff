"""Imaging: which film is read first?

Run `python imaging.py`: it compares your order of reading with the order in which the films came.
All data are synthetic. For learning, not for clinical use.
"""

import numpy as np

from wardround.hospital import build

ROWS, COLUMNS = 8, 12  # the size of a corner
FIRST = 60  # so many films can be read before noon


def in_blocks(films: np.ndarray) -> np.ndarray:
    """Make films coarse: the mean of each block of 8 by 8 pixels, 64 numbers for each film. This is given."""
    return films.reshape(len(films), 8, 8, 8, 8).mean(axis=(2, 4)).reshape(len(films), 64)


def corners(films: np.ndarray) -> np.ndarray:
    """Say how bright the four corners of each film are, to see whether one of them gives something away.

    Args:
        films: shape (n, 64, 64), whole numbers from 0 (black) to 4095 (white); row 0 is the top, column 0 the left.

    Returns:
        Shape (n, 4): the mean of the 8 rows and 12 columns at the top left, top right, bottom left and bottom right.
    """
    # TODO: films[:, :8, :12] are the top left corners; what does a minus before a number mean?
    raise NotImplementedError("corners is not written yet")


def hide_corner(films: np.ndarray) -> np.ndarray:
    """Give the same films with the 8 rows and 12 columns at the top left painted black, and nothing else changed."""
    # TODO: a copy first; what you are given stays as it is
    raise NotImplementedError("hide_corner is not written yet")


def score_films(known_films: np.ndarray, known_labels: np.ndarray, films: np.ndarray) -> np.ndarray:
    """Learn from the films of one hospital and score those of another: the higher, the sooner a doctor should look.

    Args:
        known_films: shape (n, 64, 64), from the home hospital.
        known_labels: shape (n,), True where the report names a lesion.
        films: shape (m, 64, 64), from a hospital that has never been seen.

    Returns:
        Shape (m,): one number for each of `films`, in their order.
    """
    # TODO: hide the corner, make the films coarse with in_blocks, fit a model on the known ones.
    #       A StandardScaler before the model helps; take the probability of True as the score.
    raise NotImplementedError("score_films is not written yet")


def reading_order(scores: np.ndarray) -> list[int]:
    """Give the places of the films, counted from 0, in the order of reading: the highest score first.

    Of films with equal scores the one that came first is read first.
    """
    # TODO: np.argsort sorts from low to high; look up what kind="stable" does
    raise NotImplementedError("reading_order is not written yet")


def main() -> None:
    """Print the corners of the home hospital's films, and the two numbers for imaging.yaml."""
    hospital = build(seed=1)
    table = hospital.public("images").sort_values("image_id")
    home, away = table[table["site"] == "home"], table[table["site"] == "external"]
    home_films, away_films = hospital.pixels(home["image_id"]), hospital.pixels(away["image_id"])
    lesion = home["label"].to_numpy()
    for name, films in (("with", home_films[lesion]), ("without", home_films[~lesion])):
        print(f"corners of the films {name} a lesion: {corners(films).mean(axis=0).round().tolist()}")
    order = reading_order(score_films(home_films, lesion, away_films))
    label = away["label"].to_numpy()
    print(f"today: of the first {FIRST} films to arrive, {label[:FIRST].sum()} have a lesion")
    print(f"yours: of the first {FIRST} films in your order, {label[order[:FIRST]].sum()} have a lesion")


if __name__ == "__main__":
    main()
