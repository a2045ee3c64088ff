"""Writing a file so that a reader sees the old one or the whole new one, never a half."""

import os
from pathlib import Path


def write_bytes(path: Path, content: bytes) -> None:
    """Write through a temporary file beside it; raise OSError, with the old file as it was."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
