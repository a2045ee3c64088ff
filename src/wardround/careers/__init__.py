"""The career map: every named thing of the handbook, as validated data.

``load()`` reads the YAML files under ``careers/data`` once and returns a frozen :class:`CareerMap`.
A fault in a file is a :class:`CareerMapError` whose message names the file, the line, the item and the remedy.
"""

from wardround.careers.career_map import CareerMap
from wardround.careers.faults import CareerMapError
from wardround.careers.loader import claim_file, load, source_files

__all__ = ["CareerMap", "CareerMapError", "claim_file", "load", "source_files"]
