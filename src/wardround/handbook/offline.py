"""The site as one zip: the same bytes from the same pages, to be unpacked anywhere and opened from disk."""

import re
import zipfile
from pathlib import Path

from wardround.course import Course

# The zip does not hold itself: what links to it stands between these marks, and is left out.
_ONLINE = re.compile(rb"<!--online-->.*?<!--/online-->", re.DOTALL)
_LEFT_OUT = frozenset({".buildinfo", "objects.inv", "404.html"})  # for Sphinx, for other books, for hosts
_PACKED = frozenset({".pdf", ".png", ".woff2", ".jpg", ".jpeg"})  # packing them again saves nothing
_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold: when it was packed is nobody's concern


def name_of(course: Course | None) -> str:
    """The name of the zip: the course's, or ours."""
    return f"{course.slug if course else 'ward-round'}.zip"


def pack(site: Path, target: Path) -> int:
    """Write every file of `site` into the zip `target`, below a folder of the zip's own name; return its bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        for file in sorted(path for path in site.rglob("*") if path.is_file()):
            name = file.relative_to(site).as_posix()
            if name in _LEFT_OUT or file.suffix == ".zip":
                continue
            data = file.read_bytes()
            entry = zipfile.ZipInfo(f"{target.stem}/{name}", _TIME)
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # as on Unix, wherever it is packed
            entry.compress_type = zipfile.ZIP_STORED if file.suffix in _PACKED else zipfile.ZIP_DEFLATED
            made.writestr(entry, _ONLINE.sub(b"", data) if file.suffix == ".html" else data)
    return target.stat().st_size
