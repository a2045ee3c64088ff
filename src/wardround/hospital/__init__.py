"""The virtual hospital: seeded synthetic data whose truth is known. For learning, not for clinical use."""

from wardround.hospital.hospital import Hospital, build

__all__ = ["Hospital", "build"]
