"""Things for the sample's reference page to describe."""

import click


@click.command()
@click.option("--seed", type=int, default=7, help="The seed to draw from.")
@click.argument("folder")
def start(folder: str, seed: int) -> None:
    """Begin in FOLDER."""


def census(beds: list[int], *, share: bool = True) -> float:
    """Return the share of beds in use.

    :param beds: one number a bed
    :returns: a share from 0 to 1
    """
    return float(share and sum(beds))


class Ward:
    """A ward."""

    def beds(self) -> int:
        """Return how many beds it has."""
        return 30
