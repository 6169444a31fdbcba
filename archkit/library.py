"""The blueprints that come with archkit, by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from types import MappingProxyType

_CHECKOUT = Path(__file__).parent.parent
_FOLDER = "share/archkit/blueprints"


@lru_cache(maxsize=1)
def blueprints() -> Mapping[str, Path]:
    """Return the paths of all blueprints that come with archkit by the names of their files, in the order of names.

    In a checkout they are those of its folder ``blueprints``, else those that were installed; none where they were not.
    """
    beside = _CHECKOUT / "blueprints"
    found = sorted(beside.glob("*.yaml")) if (_CHECKOUT / "pyproject.toml").is_file() else []
    return MappingProxyType({path.stem: path for path in found or _installed()})


def _installed() -> list[Path]:
    try:
        files = distribution("archkit").files or []
    except PackageNotFoundError:
        return []
    paths = [Path(str(file.locate())) for file in files if _FOLDER in file.as_posix() and file.suffix == ".yaml"]
    return sorted((path.resolve() for path in paths if path.is_file()), key=lambda path: path.stem)
