"""A copy of the packaged map that a test may spoil."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from wardround.careers import CareerMapError, load
from wardround.careers.loader import PACKAGED


@dataclass(frozen=True)
class SpoiledMap:
    """A folder of YAML files to change, and the faults that loading it then reports."""

    folder: Path

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace the first ``old`` in a file; returns the line where it stood."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer holds {old!r}: adapt the test"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def append(self, name: str, more: str) -> None:
        path = self.folder / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")

    def faults(self) -> list[str]:
        """One sentence a fault."""
        with pytest.raises(CareerMapError) as caught:
            load(self.folder)
        assert str(caught.value).splitlines()[1:] == [str(fault) for fault in caught.value.faults]
        return [str(fault) for fault in caught.value.faults]

    def only_fault(self) -> str:
        faults = self.faults()
        assert len(faults) == 1, faults
        return faults[0]


@pytest.fixture
def spoiled(tmp_path: Path) -> SpoiledMap:
    shutil.copytree(PACKAGED, tmp_path / "data")
    return SpoiledMap(tmp_path / "data")
