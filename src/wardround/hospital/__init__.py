"""The virtual hospital: seeded synthetic data whose truth is known. For learning, not for clinical use."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wardround.hospital.hospital import Hospital, build

__all__ = ["Hospital", "build"]


def __getattr__(name: str) -> Any:
    """Import the generator when it is first asked for: the handbook reads the data dictionary without NumPy."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from wardround.hospital import hospital

    return getattr(hospital, name)
